internal import ResolutionProtocol

/// The keys of one batch of look-ups, at most `capacity`, in memory that is used again.
public struct KeyBatch: ~Copyable {
    /// The most keys of a batch.
    public static let capacity = 32

    private var bytes: WireWriter
    /// Where each key begins; one more tells where the last one ends.
    private let starts: UnsafeMutablePointer<Int>
    /// Keys in the batch.
    public private(set) var count = 0

    /// An empty batch.
    public init() {
        bytes = WireWriter(
            capacity: Self.capacity * 64,
            byteCountMax: Self.capacity * IdentifierGrammar.foldedByteCountMax
        )
        starts = .allocate(capacity: Self.capacity + 1)
        starts.initialize(repeating: 0, count: Self.capacity + 1)
    }

    deinit { starts.deallocate() }

    /// Forgets all keys.
    public mutating func removeAll() {
        bytes.removeAll()
        count = 0
    }

    /// Adds the key of `identifier`; returns the bytes of its prefix in the key. The batch has room.
    mutating func append(_ identifier: RawSpan, folding: IdentifierFolding) -> Int {
        let prefixByteCount = folding.appendKey(of: identifier, to: &bytes)
        close()
        return prefixByteCount
    }

    /// Adds the key of the record of `prefix`, which is folded already. The batch has room.
    mutating func append(recordOfPrefix prefix: RawSpan) {
        bytes.bytes(IdentifierGrammar.prefixRecordHead)
        bytes.span(prefix)
        close()
    }

    /// Adds a key as it is, for stores' tests and tools. Ignored when the batch is full.
    public mutating func append(key: RawSpan) {
        guard count < Self.capacity else { return }
        bytes.span(key)
        close()
    }

    /// Takes the last key back.
    mutating func removeLast() {
        guard count > 0 else { return }
        count &-= 1
        bytes.truncate(to: starts[count])
    }

    /// Key number `index`, which is less than `count`.
    @_lifetime(borrow self)
    public func key(at index: Int) -> RawSpan {
        _overrideLifetime(bytes.bytes.extracting(starts[index]..<starts[index &+ 1]), borrowing: self)
    }

    private mutating func close() {
        count &+= 1
        starts[count] = bytes.count
    }
}
