/// Where things lie in a data directory.
struct Paths: Sendable {
    let directory: String

    var dataFile: String { directory + "/hanjiang.lmdb" }
    /// What a store is built as before it gets its name.
    var unfinishedDataFile: String { dataFile + ".new" }
    var readerTable: String { dataFile + "-lock" }
    var lock: String { directory + "/lock" }
    var counts: String { directory + "/counts" }
    /// Where a backup is unpacked before it replaces anything.
    var restoring: String { directory + "/restoring" }
    /// What the last backup came to.
    var lastBackup: String { directory + "/last-backup" }
}
