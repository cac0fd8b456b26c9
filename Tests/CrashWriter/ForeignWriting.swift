internal import Glibc
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import StoreSuite

/// Writes where another process has the directory: what no tool of ours does, as the lock forbids it.
enum ForeignWriting {
    /// Writes `work`, a number and a version with a colon in between. The lock's file is made anew for that.
    static func write(_ directory: String, _ work: String) throws {
        let parts = work.split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2 else { CrashWriter.end("not NUMBER:VERSION: \(work)") }
        unlink(directory + "/lock")
        let store = try Store.open(directory: directory, options: CrashWriter.options)
        let change = Command.Change.put(
            name: try Identifier(HintModel.name(parts[0])),
            values: [HintModel.value(parts[0], version: parts[1])],
            expecting: .anything
        )
        _ = try store.apply([Command(change, unixSeconds: 1, origin: Array("foreign".utf8))])
    }
}
