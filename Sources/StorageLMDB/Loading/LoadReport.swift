/// What a load does with an identifier that is there already, with other values.
public enum LoadConflictPolicy: Sendable {
    /// Leaves what is there and reports the row.
    case reject
    /// Replaces it.
    case overwrite
}

/// A row that was not taken.
public struct LoadConflict: Hashable, Sendable {
    /// Why not.
    public enum Reason: Hashable, Sendable {
        /// The identifier is there already, with other values.
        case existing
        /// The same identifier stands in an earlier row of the input.
        case duplicate(ofRow: UInt64)
        /// Another long identifier has the same key.
        case keyCollision
    }

    /// The row's number as it was given to `add`.
    public var row: UInt64
    /// Its name.
    public var name: [UInt8]
    /// Why it was not taken.
    public var reason: Reason
}

/// What a load did.
public struct LoadReport: Hashable, Sendable {
    /// Identifiers that are new.
    public var insertedCount = 0
    /// Identifiers whose values were replaced.
    public var overwrittenCount = 0
    /// Identifiers that were there with the same values.
    public var unchangedCount = 0
    /// Rows that were not taken; each has been reported.
    public var conflictCount = 0

    mutating func add(_ other: LoadReport) {
        insertedCount += other.insertedCount
        overwrittenCount += other.overwrittenCount
        unchangedCount += other.unchangedCount
        conflictCount += other.conflictCount
    }
}
