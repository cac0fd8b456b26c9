/// A flag that a command does not have, looked for once its command line could not be read: the parser names what is
/// missing first, which mostly is what the mistyped flag should have been.
package enum UnknownFlag {
    /// What to say of the first flag among `arguments` that the command's own `help` does not name; `nil` where it
    /// names all. Flags of one letter are left to the parser.
    package static func complaint(in arguments: [String], help: String) -> UserMessage? {
        let known = flags(in: help)
        for argument in arguments.prefix(while: { $0 != "--" }) where argument.hasPrefix("--") {
            let flag = String(argument.prefix { $0 != "=" })
            if !known.contains(flag) { return .unknownWord(flag, among: known) }
        }
        return nil
    }

    /// The names in the first column of the options, as in `  --session/--no-session` and `  -h, --help  …`.
    private static func flags(in help: String) -> [String] {
        help.split(separator: "\n").filter { $0.hasPrefix("  -") }.flatMap { line in
            let column = line.dropFirst(2).firstRange(of: "  ").map { line[..<$0.lowerBound] } ?? line
            return column.split { $0 == " " || $0 == "," || $0 == "/" }.map(String.init).filter { $0.hasPrefix("--") }
        }
    }
}
