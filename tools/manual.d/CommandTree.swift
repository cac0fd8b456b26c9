/// What a program says of its commands when it is started with `--experimental-dump-help` (swift-argument-parser's
/// ToolInfo, version 0).
struct CommandTree: Decodable {
    let serializationVersion: Int
    let command: Command

    struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let discussion: String?
        let superCommands: [String]?
        let shouldDisplay: Bool?
        let subcommands: [Command]?
        let arguments: [Argument]?

        /// Those that help shows, without the parser's own `help`.
        var shownSubcommands: [Command] {
            (subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay ?? true }
        }

        /// As typed: `idctl id get`.
        var words: [String] { (superCommands ?? []) + [commandName] }
    }

    struct Argument: Decodable {
        enum Kind: String, Decodable { case positional, option, flag }
        struct Name: Decodable {
            let kind: String
            let name: String

            /// With its hyphens.
            var text: String { (kind == "long" ? "--" : "-") + name }
        }

        let kind: Kind
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let defaultValue: String?
        let allValues: [String]?
        let abstract: String?
        let discussion: String?
    }
}
