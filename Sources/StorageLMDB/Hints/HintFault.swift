#if DEBUG
/// A fault that a test puts into the index on purpose, to show that it is found. Not in a release build.
enum HintFault: Hashable, Sendable, BitwiseCopyable {
    /// The fingerprint of a copy is not compared, its key alone.
    case keyComparedAlone
    /// Hints of changed keys are not cleared before the commit (I3).
    case notCleared
    /// A reader goes on with its old snapshot (I5).
    case snapshotKept
    /// A reader publishes what it found itself (I2).
    case readersRepair
    /// Nobody looks whether another process has written (I6).
    case foreignWritesUnseen
    /// Hints of changed keys are not cleared in the table that is being filled (I3).
    case growthUncleared
    /// A reader goes on with a table that is no longer in use, and whose hints are still there.
    case tableKept
}
#endif
