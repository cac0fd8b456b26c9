internal import ResolutionProtocol

/// Which prefixes are ours: an immutable table that workers read without locks, replaced whole when it changes.
///
/// Open addressing over hashes keyed at start, at most half full.
public final class Authority: @unchecked Sendable {
    // Sendable: nothing is written after init; the memory lives as long as self.

    /// A prefix of the table.
    struct Entry: BitwiseCopyable {
        var hash: UInt64
        var offset: Int
        var byteCount: Int
        var number: UInt32
        var state: PrefixRow.State
        /// Whether it is in use; else what belongs to it is refused, by another answer than an unknown prefix gets.
        var isEnabled: Bool
    }

    private let hash: KeyedHash
    private let entries: UnsafeMutablePointer<Entry>
    private let mask: Int
    private let names: UnsafeMutableRawPointer
    /// Bytes of the longest prefix: what is longer need not be looked for.
    private let longestByteCount: Int
    /// Prefixes in the table.
    public let count: Int

    /// A table of `rows`; those withdrawn are as unknown as those that never were.
    public init(rows: [PrefixRow], hash: KeyedHash = .random()) {
        let rows = rows.filter { $0.state != .withdrawn }
        self.hash = hash
        count = rows.count
        longestByteCount = rows.reduce(0) { max($0, $1.prefix.count) }
        var capacity = 16
        while capacity < rows.count * 2 { capacity *= 2 }
        mask = capacity - 1
        entries = .allocate(capacity: capacity)
        entries.initialize(
            repeating: Entry(hash: 0, offset: 0, byteCount: -1, number: 0, state: .homed, isEnabled: false),
            count: capacity
        )
        names = .allocate(byteCount: max(1, rows.reduce(0) { $0 + $1.prefix.count }), alignment: 8)
        var offset = 0
        for row in rows {
            row.prefix.withUnsafeBytes { bytes in
                if let address = bytes.baseAddress {
                    (names + offset).copyMemory(from: address, byteCount: bytes.count)
                }
            }
            insert(row, offset: offset)
            offset += row.prefix.count
        }
    }

    deinit {
        entries.deallocate()
        names.deallocate()
    }

    private func insert(_ row: PrefixRow, offset: Int) {
        let value = hash.hash(row.prefix.span.bytes)
        var place = Int(truncatingIfNeeded: value) & mask
        while entries[place].byteCount >= 0 { place = (place + 1) & mask }
        entries[place] = Entry(
            hash: value,
            offset: offset,
            byteCount: row.prefix.count,
            number: row.number,
            state: row.state,
            isEnabled: row.status == .enabled
        )
    }

    /// The entry of exactly `prefix`, which is folded.
    func entry(of prefix: RawSpan) -> Entry? {
        let value = hash.hash(prefix)
        var place = Int(truncatingIfNeeded: value) & mask
        while true {
            let entry = entries[place]
            if entry.byteCount < 0 { return nil }
            if entry.hash == value, entry.byteCount == prefix.byteCount, isName(of: entry, equalTo: prefix) {
                return entry
            }
            place = (place &+ 1) & mask
        }
    }

    /// The entry of the nearest ancestor of `prefix` in the table: with its last segments dropped one by one.
    func nearestAncestor(of prefix: RawSpan) -> Entry? {
        var byteCount = min(prefix.byteCount, longestByteCount + 1)
        while byteCount > 0 {
            byteCount -= 1
            guard prefix.unsafeLoad(fromByteOffset: byteCount, as: UInt8.self) == UInt8(ascii: ".") else { continue }
            if let entry = entry(of: prefix.extracting(0..<byteCount)) { return entry }
        }
        return nil
    }

    private func isName(of entry: Entry, equalTo prefix: RawSpan) -> Bool {
        var offset = 0
        while prefix.byteCount &- offset >= 8 {
            let a = (names + entry.offset).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard a == prefix.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self) else { return false }
            offset &+= 8
        }
        while offset < prefix.byteCount {
            let a = (names + entry.offset).load(fromByteOffset: offset, as: UInt8.self)
            guard a == prefix.unsafeLoad(fromByteOffset: offset, as: UInt8.self) else { return false }
            offset &+= 1
        }
        return true
    }
}
