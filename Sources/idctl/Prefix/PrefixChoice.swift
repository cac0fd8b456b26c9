internal import ArgumentParser
internal import Console
internal import RecordFiles

/// The prefixes that a command is about: named on the command line or in a file, and the directory they are in.
struct PrefixChoice: ParsableArguments {
    @Argument(help: Speech.help("Prefixes, such as 88.118.8.", "前缀，例如 88.118.8。"))
    var prefixes: [String] = []

    @Option(
        help: Speech.help(
            "A file: prefix, TAB, name in each line; - for standard input.",
            "文件：每行为 前缀 TAB 名称；- 表示标准输入。",
            name: "file"
        ),
        completion: .file()
    )
    var from: String?

    @OptionGroup var node: NodeOptions

    func validate() throws {
        guard prefixes.isEmpty == (from != nil) else {
            throw ValidationError(Speech.words("name prefixes, or give --from FILE", "请列出前缀，或给出 --from 文件"))
        }
    }

    /// The prefixes with their names; a bad line is an error that says which one.
    func chosen() throws(CommandFailure) -> [NamedPrefix] {
        if let from { return try PrefixFile.read(from) }
        var chosen: [NamedPrefix] = []
        for text in prefixes { chosen.append(try NamedPrefix.checked(text)) }
        return chosen
    }
}
