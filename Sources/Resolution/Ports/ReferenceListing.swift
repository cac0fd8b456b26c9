/// Tells who refers to an identifier, where a store keeps that.
public protocol ReferenceListing: AnyObject, Sendable {
    /// Names of records here that may refer to `identifier`, at most `limit`; nil: it is not kept.
    ///
    /// Whether they do, and by which values, their records say.
    func referrers(of identifier: [UInt8], limit: Int) throws(ChangeLogError) -> Referrers?
}

/// Who may refer to an identifier.
public struct Referrers: Hashable, Sendable {
    /// As registered.
    public var names: [[UInt8]] = []
    /// Whether there are no more.
    public var isWhole = true

    /// Nobody.
    public init() {}
}
