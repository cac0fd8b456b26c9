internal import Glibc
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// Compares a restored store with the one it is a backup of, which has changed since: its log says what it held then.
struct StoreComparison {
    private let source: Store
    private let restored: Store

    init(source: String, restored: String) throws {
        var options = StoreOptions()
        options.isReadOnly = true
        self.source = try Store.open(directory: source, options: options)
        self.restored = try Store.open(directory: restored, options: options)
    }

    func run() throws {
        let sequence = try restored.log.lastSequence()
        let expected = try records(of: source, upTo: sequence)
        var (same, different) = (0, 0)
        try restored.scan { record in
            let key = restored.folding.key(of: [UInt8](record.name))
            let isSame = (try? record.decodedValues()).map { expected[key] == Self.digest($0) } ?? false
            if isSame { same += 1 } else { different += 1 }
            return true
        }
        let newer = try source.log.lastSequence() - sequence
        BusyNode.say(
            "\(same) records equal, \(different) differ, \(expected.count - same) missing, \(newer) changes later"
        )
        guard different == 0, same == expected.count else { BusyNode.end("the restored store differs", code: 1) }
    }

    /// A digest of the values of each record, by folded name, as the log says they were.
    private func records(of store: Store, upTo last: UInt64) throws -> [[UInt8]: Int] {
        var records: [[UInt8]: Int] = [:]
        var position: UInt64 = 0
        while case let entries = try store.log.entries(after: position, limit: 100), let newest = entries.last {
            for entry in entries where entry.sequence <= last {
                switch entry.kind {
                case .put(let name, let values): records[store.folding.key(of: name)] = Self.digest(values)
                case .removed(let name): records[store.folding.key(of: name)] = nil
                case .load(let rows), .base(let rows):
                    for row in rows { records[store.folding.key(of: row.name)] = Self.digest(row.values) }
                case .prefix, .prefixRemoved: break
                }
            }
            position = newest.sequence
        }
        return records
    }

    private static func digest(_ values: [HandleValue]) -> Int {
        var hasher = Hasher()
        hasher.combine(values)
        return hasher.finalize()
    }
}
