/// What became of an identifier that a trace has come to (docs/trace.md).
public enum TraceState: UInt8, Hashable, Sendable, CaseIterable {
    /// Its record, or what of it the asker may read, is there.
    case found = 1
    /// It exists, and nothing of it is for this asker.
    case denied = 2
    /// Nobody who is responsible for it gave an answer.
    case unreachable = 3
    /// Who is responsible says that there is no such identifier.
    case notFound = 4
    /// Not asked for: it lies below the depth that was asked for.
    case beyondDepth = 5
    /// Not asked for: as many identifiers as are allowed have been.
    case beyondCount = 6
    /// Left out: as many bytes of values as are allowed have been read.
    case beyondBytes = 7
    /// Not asked for: another node keeps it, and is not asked on behalf of this asker.
    case elsewhere = 8

    /// Whether a bound or a rule kept it from being asked for, so that nothing is said about it.
    public var isNotFollowed: Bool { rawValue >= Self.beyondDepth.rawValue }
}
