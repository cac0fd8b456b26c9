internal import Glibc
internal import ResolutionProtocol

extension Store {
    /// Makes a new, empty store in `directory`, which is made if there is none. Refuses where there is a store already.
    ///
    /// All or nothing: the data file gets its name when it is complete and durable.
    public static func create(directory: String, options: StoreOptions = StoreOptions()) throws(StoreError) {
        let format = FormatRecord(
            folding: IdentifierFolding(isSuffixCaseSensitive: options.isSuffixCaseSensitive),
            createdUnixSeconds: UInt64(max(0, Clock.unixSeconds))
        )
        try create(directory: directory, options: options, format: format)
    }

    /// The same with a format that is given.
    static func create(directory: String, options: StoreOptions, format: FormatRecord) throws(StoreError) {
        let paths = Paths(directory: directory)
        if mkdir(directory, 0o700) != 0, errno != EEXIST {
            throw .system(path: directory, operation: "mkdir", errno: errno)
        }
        try checkDirectory(directory)
        for path in [paths.dataFile, paths.readerTable] where access(path, F_OK) == 0 {
            throw .alreadyExists(path: path)
        }
        // One that is empty is left from an attempt that did not come to its end.
        _ = rmdir(paths.counts)
        guard access(paths.counts, F_OK) != 0 else { throw .alreadyExists(path: paths.counts) }
        let lock = try DirectoryLock(path: paths.lock, isShared: false)
        let unfinished = paths.unfinishedDataFile
        _ = unlink(unfinished)
        _ = unlink(unfinished + "-lock")
        try lmdb(unfinished, "create") { () throws(LMDBError) in try write(format, unfinished, options) }
        _ = unlink(unfinished + "-lock")
        guard mkdir(paths.counts, 0o700) == 0 else {
            throw .system(path: paths.counts, operation: "mkdir", errno: errno)
        }
        guard rename(unfinished, paths.dataFile) == 0 else {
            throw .system(path: paths.dataFile, operation: "rename", errno: errno)
        }
        try synchronizeDirectory(directory)
        _ = consume lock
    }

    private static func write(
        _ format: FormatRecord,
        _ path: String,
        _ options: StoreOptions
    ) throws(LMDBError) {
        let environment = try Environment(
            path: path,
            mapSizeBytes: min(options.mapSizeBytes, 16 << 20),
            isReadOnly: false,
            isNew: true
        )
        try environment.write { transaction throws(LMDBError) in
            var writer = WireWriter(capacity: 256)
            try transaction.putSealed(transaction.tables.meta, FormatRecord.key, in: &writer) { format.write(to: &$0) }
            try transaction.setState(StoreState(), in: &writer)
        }
    }

    private static func synchronizeDirectory(_ path: String) throws(StoreError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path: path, operation: "open", errno: errno) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(path: path, operation: "fsync", errno: errno) }
    }
}
