/// What became of the records of an input; the sum always holds.
struct ImportTally: Equatable {
    /// Records read, refused ones included.
    var readCount = 0
    /// New identifiers.
    var createdCount = 0
    /// Identifiers whose values were replaced.
    var changedCount = 0
    /// Identifiers that were there with the same values.
    var unchangedCount = 0
    /// Refused records.
    var rejectedCount = 0

    /// Records that were read and not tried, as the import was stopped before.
    var notAttemptedCount: Int { readCount - createdCount - changedCount - unchangedCount - rejectedCount }
}
