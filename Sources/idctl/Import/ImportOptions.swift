internal import Console
internal import RecordFiles
internal import StorageLMDB

/// How an import is done.
struct ImportOptions {
    /// The node's data directory.
    var directory: String
    /// The file, `-` for standard input.
    var path: String
    /// How it is read.
    var form = InputForm()
    /// What becomes of identifiers that exist with other values.
    var policy = LoadConflictPolicy.reject
    /// Whether prefixes that are not known are homed.
    var homesPrefixes = false
    /// Whether nothing is written.
    var isDryRun = false
    /// Where refused records go; nil: beside the input.
    var rejectsPath: String?
    /// At how many refused records to stop.
    var rejectLimit: RejectLimit?
    /// Of which template records are that name none.
    var template: ChosenTemplate?
    /// Whether a sample is looked up afterwards.
    var isVerified = true
}
