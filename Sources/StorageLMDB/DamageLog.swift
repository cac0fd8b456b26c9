internal import Synchronization

/// Where something damaged was found.
public struct DamageReport: Hashable, Sendable {
    /// What is damaged.
    public enum Part: Hashable, Sendable {
        /// A record.
        case record
        /// An entry of the change log.
        case logEntry
        /// A row of another table.
        case row(table: String)
        /// A record that does not say what its newest log entry says, or the reverse.
        case mismatch
    }

    /// What is damaged.
    public var part: Part
    /// The first 64 bytes of its key, in hexadecimal.
    public var keyHex: String
    /// Its place in the data file, if known.
    public var fileOffset: Int?
    /// The page of that place.
    public var page: Int?

    init(part: Part, key: UnsafeRawBufferPointer, address: UnsafeRawPointer?, environment: Environment) {
        self.part = part
        keyHex = key.prefix(64).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        fileOffset = environment.map.offset(of: address)
        page = fileOffset.map { $0 / environment.pageByteCount }
    }
}

/// Damage that readers met: counted, and kept in a bounded list until the writer thread reports it.
final class DamageLog: Sendable {
    private static let capacity = 256

    /// Damaged records met since the start.
    let count = Atomic<Int>(0)
    private let room = Atomic<Int>(capacity)
    private let waiting = Mutex<[DamageReport]>([])

    /// Notes one; those over the bound are only counted.
    func note(_ report: @autoclosure () -> DamageReport) {
        count.wrappingAdd(1, ordering: .relaxed)
        guard room.load(ordering: .relaxed) > 0 else { return }
        let report = report()
        waiting.withLock { $0.append(report) }
        room.wrappingSubtract(1, ordering: .relaxed)
    }

    /// Takes what has been noted.
    func drain() -> [DamageReport] {
        guard room.load(ordering: .relaxed) < Self.capacity else { return [] }
        let reports = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        room.wrappingAdd(reports.count, ordering: .relaxed)
        return reports
    }
}
