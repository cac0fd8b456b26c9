/// What `--version` of a program says, in the same lines for all of them.
package struct ProgramVersion: Sendable {
    /// A library and the version of it that is loaded.
    package struct Library: Sendable {
        let name: String
        let version: String

        /// The library `name` in `version`.
        package init(_ name: String, _ version: String) {
            self.name = name
            self.version = version
        }
    }

    /// The version of the whole product.
    package static let number = "0.1.0"

    #if DEBUG
    private static let build = "debug"
    #else
    private static let build = "release"
    #endif

    private let program: String
    private let commit: String
    private let protocolVersion: String
    private let libraries: [Library]

    /// The version of `program`, built from `commit`, which speaks `protocolVersion` at most.
    package init(program: String, commit: String, protocolVersion: String, libraries: [Library]) {
        self.program = program
        self.commit = commit
        self.protocolVersion = protocolVersion
        self.libraries = libraries
    }

    /// The program and the product's version.
    package var line: String { "\(program) \(Self.number)" }

    /// The line, and below it a name and a value in each: commit, build, protocol, libraries.
    package var text: String {
        var table = Table([Table.Column(""), Table.Column("")])
        table.add(["commit", commit])
        table.add(["build", Self.build])
        table.add(["protocol", protocolVersion])
        for library in libraries { table.add([library.name, library.version]) }
        return ([line] + table.lines()).joined(separator: "\n")
    }
}
