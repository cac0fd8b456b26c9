/// What became of the records of an export.
struct ExportCounts: Equatable {
    /// Written.
    var written = 0
    /// Secret keys left out.
    var secrets = 0
    /// Records that hold nothing but secret keys.
    var onlySecrets = 0
    /// Records that this format cannot hold.
    var unrepresentable = 0
    /// Values whose time stamp this format cannot hold.
    var lostTimestamps = 0
    /// Records whose bytes are not those that were written.
    var damaged = 0
    /// Records that have values which the asker may not read.
    var hidden = 0
    /// Records that the server did not give for another reason.
    var refused = 0
}
