import Testing

/// A node, and what runs against it.
struct IdctlBench {
    let directory: NodeDirectory
    var node: NodeProcess

    /// A node as `idnode init` makes it, but for `settings`. A `port` is one that it keeps when it is started again.
    init(settings: [(key: String, value: String)] = [("workers", "1")], port: UInt16 = 0) throws {
        directory = try NodeDirectory(listeners: [NodeDirectory.Listener(port: port)], settings: settings)
        node = try NodeProcess(directory)
    }

    func file(_ name: String) -> String { directory.directory.path + "/" + name }

    /// Runs `idctl`, which must end with `code`, and returns what it printed.
    @discardableResult
    func idctl(_ arguments: [String], _ code: Int32 = 0, seconds: Double = 20) throws -> String {
        let outcome = try BuiltProgram.run(
            arguments + ["--lang", "en"],
            program: "idctl",
            in: directory.directory,
            seconds: seconds
        )
        #expect(outcome.ending == .code(code), "\(arguments): \(outcome.text)")
        return outcome.text
    }

    var config: [String] { ["--config", directory.configuration] }

    /// The options of the owner of 88.118.8, whose key is in `key`.
    func owner(_ key: String, index: Int = 300) -> [String] {
        let flag = index == 300 ? "--key-file" : "--secret-file"
        return ["--server", "\(node.address)", "--auth", "\(index):0.NA/88.118.8", flag, file(key)]
    }
}
