/// Why a data directory could not be made, opened or used. Each names the path; `messages` says what to do.
public enum StoreError: Error, Hashable, Sendable {
    /// There is no such directory.
    case directoryMissing(path: String)
    /// There is no data file in it.
    case dataFileMissing(path: String)
    /// The data file has no bytes.
    case dataFileEmpty(path: String)
    /// The data file ends before pages that are in use.
    case dataFileTruncated(path: String, expectedByteCount: Int, byteCount: Int)
    /// The file is something else, or its first pages are damaged.
    case notADataFile(path: String)
    /// The file is LMDB's, but its inner structure is damaged.
    case dataFileDamaged(path: String, reason: String)
    /// A newer version of this program wrote it.
    case newerFormat(path: String, version: Int, supported: Int)
    /// It belongs to another user.
    case wrongOwner(path: String, owner: UInt32, expected: UInt32)
    /// Its permissions do not let us read and write it.
    case wrongPermissions(path: String, mode: UInt32)
    /// Another process uses the directory; 0: its number is not known.
    case inUse(path: String, pid: Int32)
    /// There is a store where a new one should be made.
    case alreadyExists(path: String)
    /// The disk has no room for `path`.
    case storageFull(path: String)
    /// The system refused.
    case system(path: String, operation: String, errno: Int32)
    /// LMDB refused.
    case lmdb(path: String, operation: String, error: LMDBError)
}
