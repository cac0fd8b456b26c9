/// Under what, for whom and how long the outcomes of a set are kept.
public struct OutcomeName: Hashable, Sendable {
    /// Bytes of `request` and of `owner`.
    public static let tokenByteCount = 16
    /// The most bytes of a note.
    public static let noteByteCountMax = 4_096

    /// Which request or batch it was; 16 bytes.
    public var request: [UInt8]
    /// Row number of the set's first step; 0 for standard operations.
    public var firstRow: UInt32
    /// Digest of the identity, 16 bytes: a different owner under the same name is no repeat, it replaces.
    public var owner: [UInt8]
    /// Seconds, from the set's own time, for which the outcomes are kept.
    public var keepSeconds: UInt32
    /// What the answer needs besides, such as a minted name; kept and given back. At most 4,096 bytes.
    public var note: [UInt8]

    /// A name.
    public init(request: [UInt8], firstRow: UInt32 = 0, owner: [UInt8], keepSeconds: UInt32, note: [UInt8] = []) {
        self.request = request
        self.firstRow = firstRow
        self.owner = owner
        self.keepSeconds = keepSeconds
        self.note = note
    }

    /// Whether its parts have the lengths they must have.
    var isWithinBounds: Bool {
        request.count == Self.tokenByteCount && owner.count == Self.tokenByteCount
            && note.count <= Self.noteByteCountMax
    }
}
