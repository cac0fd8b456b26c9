import Foundation

/// `checks layers ROOT MANIFEST.json` and `checks tidy ROOT FILE-LIST`: our own rules as a program.
///
/// Prints one line per violation, `place: rule: what`, and exits 1 if there is any, 64 if called wrongly.
func run(_ arguments: [String]) throws -> [Violation] {
    guard arguments.count == 4 else { throw UsageError() }
    let root = URL(fileURLWithPath: arguments[2], isDirectory: true)
    let input = try Data(contentsOf: URL(fileURLWithPath: arguments[3]))
    switch arguments[1] {
    case "layers":
        return try LayerCheck(root: root, manifest: JSONDecoder().decode(Manifest.self, from: input)).violations()
    case "tidy":
        let paths = input.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return try TidyCheck(root: root, paths: paths).violations()
    default:
        throw UsageError()
    }
}

struct UsageError: Error {}

do {
    let violations = try run(CommandLine.arguments)
    for violation in violations.sorted() {
        print(violation)
    }
    exit(violations.isEmpty ? 0 : 1)
} catch is UsageError {
    FileHandle.standardError.write(Data("usage: checks layers ROOT MANIFEST | checks tidy ROOT FILE-LIST\n".utf8))
    exit(64)
} catch {
    FileHandle.standardError.write(Data("checks: \(error)\n".utf8))
    exit(2)
}
