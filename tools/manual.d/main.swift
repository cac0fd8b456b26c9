import Foundation

/// `manual-pages TREE.json zh|en DATE VERSION FOLDER`: writes a page for each command of a program.
///
/// Exits 64 if called wrongly, 1 if the tree is of another kind than we know or a page has fewer than two examples.
func run(_ arguments: [String]) throws {
    guard arguments.count == 6, let language = Language(tag: arguments[2]) else { throw UsageError() }
    let tree = try JSONDecoder().decode(CommandTree.self, from: Data(contentsOf: URL(fileURLWithPath: arguments[1])))
    guard tree.serializationVersion == 0 else { throw PageError("the tree is of a version that is not known") }
    let folder = URL(fileURLWithPath: arguments[5], isDirectory: true)
    let version = arguments[4].split(separator: "\n").map(String.init)
    try write(tree.command, PageWording(language: language), date: arguments[3], version: version, to: folder)
}

/// Writes the page of `command` and those of the commands below it.
func write(
    _ command: CommandTree.Command,
    _ wording: PageWording,
    date: String,
    version: [String],
    to folder: URL
) throws {
    let page = ManualPage(command: command, wording: wording, date: date, version: version)
    // A line that begins deeper goes on with the one before.
    guard Discussion(command.discussion ?? "").examples.count(where: { !$0.hasPrefix(" ") }) > 1 else {
        throw PageError("\(page.name) has fewer than two examples")
    }
    try Data(page.text().utf8).write(to: folder.appendingPathComponent(page.name + ".1"))
    for child in command.shownSubcommands {
        try write(child, wording, date: date, version: version, to: folder)
    }
}

struct UsageError: Error {}

struct PageError: Error {
    let text: String

    init(_ text: String) { self.text = text }
}

do {
    try run(CommandLine.arguments)
} catch is UsageError {
    FileHandle.standardError.write(Data("usage: manual-pages TREE.json zh|en DATE VERSION FOLDER\n".utf8))
    exit(64)
} catch {
    let text = (error as? PageError)?.text ?? "\(error)"
    FileHandle.standardError.write(Data("manual-pages: \(text)\n".utf8))
    exit(1)
}
