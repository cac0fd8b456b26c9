import EventLoop
import Resolution
import ResolutionProtocol
import StorageLMDB

/// A data directory and a configuration as `idnode init` makes them, with listeners on free ports.
final class NodeDirectory: Sendable {
    let directory: TestDirectory
    var data: String { directory.path + "/data" }
    var configuration: String { directory.path + "/node.toml" }
    var dataFile: String { data + "/hanjiang.lmdb" }
    var controlSocket: String { data + "/control.sock" }
    private let nodePrefix: String

    /// A `[[listen]]` table.
    struct Listener: Sendable {
        var host = "127.0.0.1"
        var port: UInt16 = 0
        var origin = "by-source"

        var text: String { "\n[[listen]]\naddress = \"\(host)\"\nport = \(port)\norigin = \"\(origin)\"\n" }
    }

    /// Makes both. `settings` are lines of the template with another value, such as `("in_flight_bytes", "\"1 KiB\"")`, or
    /// `("recursion.enabled", "\"on\"")` where several tables have the key. An empty prefix is none.
    init(
        prefix: String = "88.118",
        role: String = "secondary",
        above: [SocketAddress] = [],
        listeners: [Listener] = [Listener()],
        settings: [(key: String, value: String)] = []
    ) throws {
        directory = try TestDirectory()
        nodePrefix = prefix
        var arguments = ["init", "--role", role, "--data", data, "--config", configuration]
        if !prefix.isEmpty { arguments += ["--prefix", prefix] }
        for server in above { arguments += ["--above", "\(server)"] }
        let made = try BuiltProgram.run(arguments, in: directory)
        guard made.ending == .code(0) else { throw NodeFailure("idnode init: \(made)") }
        try configure(listeners: listeners, settings: settings)
    }

    /// Writes the configuration anew, from the template that `init` wrote.
    private func configure(listeners: [Listener], settings: [(key: String, value: String)]) throws {
        // Small tables: each start makes files of their size.
        let small = [(key: "prefix_slots", value: "64"), (key: "source_entries", value: "256")]
        var lines = try TestFile.text(configuration).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        for (key, value) in small + settings {
            let path = key.split(separator: ".")
            let start = path.count == 1 ? 0 : lines.firstIndex(of: "[\(path[0])]") ?? lines.count
            let name = path[path.count - 1]
            guard let index = lines[start...].firstIndex(where: { $0.hasPrefix("#\(name) = ") }) else {
                throw NodeFailure("the template has no key \(key)")
            }
            lines[index] = "\(name) = \(value)"
        }
        let text = lines.joined(separator: "\n") + listeners.map(\.text).joined()
        try TestFile.write(configuration, Array(text.utf8))
    }

    /// Sizes as the configuration has them.
    static var storeOptions: StoreOptions {
        var options = StoreOptions()
        options.prefixSlots = 64
        options.sourceEntries = 256
        options.workers = 2
        return options
    }

    /// Opens the store of the node, which does not run, for the time of `body`.
    func withStore<Value>(isReadOnly: Bool = false, _ body: (Store) throws -> Value) throws -> Value {
        var options = Self.storeOptions
        options.isReadOnly = isReadOnly
        let store = try Store.open(directory: data, options: options)
        defer { store.close() }
        return try body(store)
    }

    /// Puts prefixes and records into the store of the node, which does not run.
    func fill(
        homed: [String] = [],
        delegated: [String] = [],
        records: [(name: [UInt8], values: [HandleValue])] = []
    ) throws {
        let origin = Array("test".utf8)
        let prefixes =
            homed.map { (prefix: ASCIIFolding.uppercased(Array($0.utf8)), state: PrefixRow.State.homed) }
            + delegated.map { (prefix: ASCIIFolding.uppercased(Array($0.utf8)), state: PrefixRow.State.delegated) }
        let commands = try records.map { name, values in
            Command(
                .put(name: try Identifier(name), values: values, expecting: .anything),
                unixSeconds: 1,
                origin: origin
            )
        }
        try withStore { store in
            let outcomes =
                try store.setPrefixes(prefixes, unixSeconds: 1, origin: origin) + (try store.apply(commands))
            for outcome in outcomes {
                guard case .done = outcome else { throw NodeFailure("not stored: \(outcome)") }
            }
        }
    }

    /// Reads the whole store and compares it with its checksums.
    func verify() throws -> VerificationReport {
        try withStore(isReadOnly: true) { try $0.verify(comparingLog: true) { _ in } }
    }
}
