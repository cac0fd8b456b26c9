/// Why a backup was not made, or not restored. `messages` says it to a person.
public enum BackupError: Error, Hashable, Sendable {
    /// The store could not be used.
    case store(StoreError)
    /// There is a file of this name already.
    case alreadyExists(path: String)
    /// No room on the disk of `path`.
    case noRoom(path: String)
    /// The system refused a file.
    case system(path: String, operation: String, errno: Int32)
    /// Something stored is not what was written: nothing that is damaged becomes a backup.
    case damaged(DamageReport)
    /// Sequence numbers are missing from the part of the change log that came during the backup.
    case logHasGap(after: UInt64)
    /// The program was asked to stop.
    case interrupted
    /// The file is something else.
    case notABackup(path: String)
    /// A newer version of this program wrote it.
    case newerFormat(path: String, version: Int, supported: Int)
    /// The file ends too early.
    case cutShort(path: String, byteCount: Int)
    /// A block is not what was written.
    case damagedBlock(path: String, offset: Int)
    /// The contents do not agree with what the backup says of itself.
    case disagrees(path: String, reason: String)
}
