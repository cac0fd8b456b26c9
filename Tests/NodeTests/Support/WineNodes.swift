import ResolutionProtocol

/// The wine case of docs/examples/wine on two nodes: the maker's prefix on a secondary node, the dealer's on an
/// enterprise node that it delegates to.
final class WineNodes {
    static let maker = "88.608.24061301"
    static let dealer = "88.608.5288"
    static let bottle = "\(maker)/BOTTLE-0001"
    static let files = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/docs/examples/wine"

    let secondary: NodeProcess
    private(set) var enterprise: NodeProcess

    /// With `recurses` the secondary node asks the dealer's on behalf of others; `dealerPermissions` are those of the
    /// dealer's values. With `keepsReferences` the secondary node is started on a store that has none yet.
    init(recurses: Bool, dealerPermissions: String = "1110", keepsReferences: Bool = false) throws {
        let plant = try NodeDirectory(prefix: Self.dealer, role: "enterprise")
        let rows = try TestFile.text(Self.files + "/dealer.csv")
        let shown = rows.split(separator: "\n").map { row in
            row.hasSuffix(",1110") ? row.dropLast(4) + dealerPermissions : row + ""
        }
        try TestFile.write(plant.directory.path + "/dealer.csv", Array((shown.joined(separator: "\n") + "\n").utf8))
        try Self.load(plant.directory.path + "/dealer.csv", into: plant)
        enterprise = try NodeProcess(plant)
        let middle = try NodeDirectory(
            prefix: "88.608",
            settings: (recurses ? [(key: "recursion.enabled", value: "\"on\"")] : [])
                + (keepsReferences ? [(key: "references", value: "\"on\"")] : [])
        )
        try middle.fill(
            homed: [Self.maker],
            delegated: [Self.dealer],
            records: [FederatedNodes.delegation(of: Self.dealer, to: enterprise.address)]
        )
        try Self.load(Self.files + "/maker.csv", into: middle)
        secondary = try NodeProcess(middle)
    }

    /// Imports a shipped file as a user does.
    private static func load(_ file: String, into node: NodeDirectory) throws {
        let arguments = ["import", file, "--data", node.data, "--no-verify", "--lang", "en"]
        let outcome = try BuiltProgram.run(arguments, program: "idctl", in: node.directory)
        guard outcome.ending == .code(0) else { throw NodeFailure("import of \(file): \(outcome)") }
    }

    func stop() {
        for node in [secondary, enterprise] { node.stop() }
    }

    /// Runs `idctl trace` of `identifier` at the secondary node.
    func trace(
        _ identifier: String = bottle,
        _ options: [String] = [],
        language: String = "en"
    ) throws -> (code: ChildProcess.Ending?, lines: [String]) {
        let arguments = ["trace", identifier, "--server", "\(secondary.address)", "--lang", language] + options
        let outcome = try BuiltProgram.run(arguments, program: "idctl", in: secondary.directory.directory, seconds: 60)
        return (outcome.ending, outcome.text.split(separator: "\n").map(String.init))
    }
}
