import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

/// What the tests of backups share.
enum BackupSupport {
    /// Every row of every table, keys and values as they are stored.
    static func rows(of store: Store) throws -> [String: [[UInt8]: [UInt8]]] {
        try store.environment.read { transaction throws(LMDBError) in
            var tables: [String: [[UInt8]: [UInt8]]] = [:]
            for (table, name) in transaction.tables.present {
                let cursor = try Cursor(transaction, table)
                tables[name] = [:]
                while let entry = try cursor.next() { tables[name]?[[UInt8](entry.key)] = [UInt8](entry.value) }
            }
            return tables
        }
    }

    /// Carries out random changes, most of them of a few names again and again.
    static func change(_ store: StoreUnderTest, count: Int, _ random: inout SplitMix) throws {
        for _ in 0..<count {
            let number = Int.random(in: 0..<300, using: &random)
            let long = number % 40 == 0 ? String(repeating: "l", count: 700) : ""
            let name = try StoreSuite.identifier("88.1/\(long)\(number)")
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                let text = String(repeating: "v", count: Int.random(in: 0..<300, using: &random)) + "\(random.next())"
                _ = try store.apply(.put(name: name, values: [StoreSuite.value(text)], expecting: .anything))
            case 6..<8: _ = try store.apply(.remove(name: name, expecting: .anything))
            case 8:
                let request = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
                let change = Command.Change.put(name: name, values: [StoreSuite.value("kept")], expecting: .absent)
                let set = CommandSet(
                    [.command(Command(change, unixSeconds: 1, origin: [])), .decided(code: 4, text: [])],
                    keeping: OutcomeName(request: request, owner: request, keepSeconds: 60),
                    // Never old enough to be forgotten while the test runs.
                    unixSeconds: 1 << 40
                )
                _ = try store.apply(set)
            default:
                let prefix = Array("88.\(Int.random(in: 0..<20, using: &random))".utf8)
                _ = try store.apply(.setPrefix(PrefixTerms(prefix: prefix, state: .homed)))
            }
        }
    }

    /// Backs `store` up into `path` in slices of `sliceRowCountMax` rows.
    @discardableResult
    static func backUp(
        _ store: Store,
        to path: String,
        sliceRowCountMax: Int = .max,
        goOn: (BackupProgress) -> Bool = { _ in true }
    ) throws -> BackupSummary {
        try store.backUp(
            to: try BackupTarget(path: path),
            sliceRowCountMax: sliceRowCountMax,
            manifest: { _ in Array("manifest".utf8) },
            goOn: goOn
        )
    }

    /// Restores the backup at `path` in `directory`.
    @discardableResult
    static func restore(
        _ path: String,
        into directory: String,
        _ predecessor: Restore.Predecessor = .kept(name: "before")
    ) throws -> RestoreOutcome {
        try Restore(try BackupSource(path: path), into: directory, predecessor: predecessor).run { _ in true }
    }

    /// Names in `directory`, in order.
    static func names(in path: String) throws -> [String] {
        let directory = try #require(opendir(path))
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
