internal import Glibc
internal import ResolutionProtocol

/// How many identifiers each prefix has, as a transaction changes it. Records of prefixes (`0.NA/…`) do not count, nor
/// do identifiers under what is too long for a prefix.
///
/// A row that is damaged is counted anew from the records.
struct IdentifierTally {
    /// Changes by folded prefix, not yet in the table.
    private var changes: [[UInt8]: Int64] = [:]
    private var stored: [[UInt8]: UInt64] = [:]

    /// The prefix in `key`, which is a record's; nil: the record does not count.
    static func prefix(of key: [UInt8]) -> [UInt8]? {
        key.withUnsafeBytes { bytes in prefixByteCount(of: bytes).map { Array(key[..<$0]) } }
    }

    private static func prefixByteCount(of key: UnsafeRawBufferPointer) -> Int? {
        guard let base = key.baseAddress else { return nil }
        let byteCountMax = min(key.count, PrefixTable.byteCountMax + 1)
        guard let slash = memchr(base, Int32(UInt8(ascii: "/")), byteCountMax) else { return nil }
        let isPrefixRecord = key.starts(with: IdentifierGrammar.prefixRecordHead)
        let byteCount = UnsafeRawPointer(slash) - base
        return isPrefixRecord || byteCount == 0 ? nil : byteCount
    }

    /// The record under `key` is new (1) or gone (-1).
    mutating func add(_ change: Int64, key: [UInt8]) {
        guard let prefix = Self.prefix(of: key) else { return }
        changes[prefix, default: 0] += change
    }

    /// The record under `key` is new. With keys in order there is one look at the table of changes for each prefix.
    mutating func addRun(of key: UnsafeRawBufferPointer, _ run: inout Run) {
        if run.continues(with: key) {
            run.count += 1
            return
        }
        end(&run)
        guard let byteCount = Self.prefixByteCount(of: key) else { return }
        run = Run(head: Array(key[...byteCount]), count: 1)
    }

    /// Takes the last run in.
    mutating func end(_ run: inout Run) {
        if run.count > 0 { changes[Array(run.head.dropLast()), default: 0] += run.count }
        run = Run()
    }

    /// Keys of one prefix that follow each other.
    struct Run {
        /// The prefix and `/`.
        fileprivate var head: [UInt8] = []
        fileprivate var count: Int64 = 0

        fileprivate func continues(with key: UnsafeRawBufferPointer) -> Bool {
            guard count > 0, key.count >= head.count, let base = key.baseAddress else { return false }
            return head.withUnsafeBytes { bytes in
                bytes.baseAddress.map { memcmp($0, base, bytes.count) == 0 } ?? false
            }
        }
    }

    /// Identifiers of `prefix`, with all that the transaction has changed so far.
    mutating func count(of prefix: [UInt8], _ transaction: Transaction) throws(LMDBError) -> UInt64 {
        if stored[prefix] == nil {
            guard let count = try IdentifierTable.count(of: prefix, transaction) else {
                return try IdentifierTable.recount(prefix, transaction)
            }
            stored[prefix] = count
        }
        return Self.sum(stored[prefix] ?? 0, changes[prefix] ?? 0)
    }

    private static func sum(_ stored: UInt64, _ change: Int64) -> UInt64 {
        change < 0 ? stored - min(stored, change.magnitude) : stored &+ UInt64(change)
    }

    /// What was added, by prefix.
    var additions: [[UInt8]: UInt64] { changes.mapValues { UInt64(max(0, $0)) } }

    /// Puts the changes into the table; called once, before the commit.
    func write(_ transaction: Transaction, in writer: inout WireWriter) throws(LMDBError) {
        for (prefix, change) in changes where change != 0 {
            let count: UInt64
            if let stored = try IdentifierTable.count(of: prefix, transaction) {
                count = Self.sum(stored, change)
            } else {
                count = try IdentifierTable.recount(prefix, transaction)
            }
            try IdentifierTable.put(count, of: prefix, transaction, in: &writer)
        }
    }
}
