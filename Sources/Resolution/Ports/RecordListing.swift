/// Lists identifiers by the beginning of their keys, as clients ask for all of a prefix.
///
/// A new engine may hold them in any order, as long as it is one order for all.
public protocol RecordListing: AnyObject, Sendable {
    /// Names of the records whose folded key begins with `head`, such as `88.118.8/` or `0.NA/10.`.
    ///
    /// They come in the engine's order, behind the place where the folded key `after` stands or would stand; nil: from
    /// the first. At most `limit`, and at most `RecordNames.countMax`. Each call looks at a snapshot of its own and
    /// holds none afterwards: who goes on with `RecordNames.after` meets each record once that is there all the time.
    func names(
        keysBeginWith head: [UInt8],
        after: [UInt8]?,
        limit: Int
    ) throws(ChangeLogError) -> RecordNames
}

/// A part of a list.
public struct RecordNames: Hashable, Sendable {
    /// The most names of a part.
    public static let countMax = 10_000

    /// As registered.
    public var names: [[UInt8]]
    /// The folded key to go on behind; nil: the list is complete. A part may have fewer names than asked for, or none,
    /// and yet not be the last.
    public var after: [UInt8]?
    /// Damaged records that were left out.
    public var damagedCount: Int

    /// A part of a list.
    public init(names: [[UInt8]] = [], after: [UInt8]? = nil, damagedCount: Int = 0) {
        self.names = names
        self.after = after
        self.damagedCount = damagedCount
    }
}
