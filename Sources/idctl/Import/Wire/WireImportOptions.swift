internal import RecordFiles
internal import ResolutionProtocol

/// How an import over the wire is done.
struct WireImportOptions {
    /// What is checked without being done.
    enum DryRun { case none, local, server }

    /// The file, `-` for standard input.
    var path: String
    /// How it is read.
    var form = InputForm()
    var dryRun = DryRun.none
    var rejectsPath: String?
    var rejectLimit: RejectLimit?
    /// Whether a sample is resolved afterwards.
    var isVerified = true
    /// Where receipts go: a line for each record.
    var receiptsPath: String?
    /// Whether to go on with an import that was interrupted, or to begin it anew.
    var resumes = false
    var restarts = false
    /// Whether all records are registered or none.
    var isAtomic = false
    /// Messages under way at a time.
    var jobs = 4
    var rowsPerSecond: Double?
    /// Seconds without progress after which it gives up.
    var patienceSeconds = 300.0
    /// What is added to records that do not say it, and whether they take the place of others.
    var additions = RowAdditions()
    /// Whom it is imported to and as whom: part of what the journal is about.
    var target = ""
}
