/// The keys whose records a write transaction changes. Used by the writer alone.
final class ChangedKeys {
    /// With more, the index is emptied and not cleared key by key.
    static let countMax = 10_000

    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Whether there were more than are kept.
    private(set) var areTooMany = false

    /// Keys kept.
    var count: Int { ends.count }

    /// Whether nothing has changed.
    var isEmpty: Bool { ends.isEmpty && !areTooMany }

    /// Forgets all.
    func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        areTooMany = false
    }

    /// Notes `key`.
    func note(_ key: UnsafeRawBufferPointer) {
        guard ends.count < Self.countMax else { return noteAll() }
        bytes.append(contentsOf: key)
        ends.append(bytes.count)
    }

    /// Notes that any key may have changed.
    func noteAll() { areTooMany = true }

    /// Calls `body` with each key kept.
    func forEach<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let bytes = bytes
        try bytes.span.bytes.withUnsafeBytes { all throws(Failure) in
            var start = 0
            for end in ends {
                try body(UnsafeRawBufferPointer(rebasing: all[start..<end]))
                start = end
            }
        }
    }
}
