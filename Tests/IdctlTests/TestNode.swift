import Console
import RecordFiles
import StorageLMDB

@testable import idctl

/// A data directory for one test, and what the commands do to it.
struct TestNode {
    let folder: TemporaryFolder
    let session = Session(
        language: .english,
        outputTerminal: Terminal(isTerminal: false, isDecorated: false),
        errorTerminal: Terminal(isTerminal: false, isDecorated: false)
    )

    /// An empty store with `prefixes` homed.
    init(homing prefixes: [String]) throws {
        folder = try TemporaryFolder()
        try Store.create(directory: folder.file("data"))
        let store = try open()
        let named = prefixes.compactMap { NamedPrefix(prefix: Array($0.utf8), name: Array("name of \($0)".utf8)) }
        _ = try PrefixChanges(store, origin: "test").home(named)
        store.close()
    }

    func open() throws -> Store { try Store.open(directory: folder.file("data")) }

    /// Imports `text` under the name `name`.
    func importing(
        _ text: String,
        as name: String,
        _ change: (inout ImportOptions) -> Void = { _ in }
    ) throws -> ImportResult {
        var options = ImportOptions(directory: folder.file("data"), path: try folder.write(text, as: name))
        change(&options)
        let store = try open()
        defer { store.close() }
        return try ImportRun(options, store: store, session: session).run()
    }

    /// Exports everything under `keyPrefix` as JSON Lines.
    func exporting(keyPrefix: String) throws -> (text: String, counts: ExportCounts) {
        let store = try open()
        defer { store.close() }
        let output = try ExportOutput(path: folder.file("export.jsonl"), form: ExportOutput.Form(), session: session)
        _ = try ExportRun(store, output: output).run(keyPrefix: Array(keyPrefix.utf8))
        return (folder.read("export.jsonl") ?? "", output.counts)
    }
}
