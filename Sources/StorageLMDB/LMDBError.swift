internal import CLMDB
internal import Glibc

/// What LMDB or the system answered instead of success.
public struct LMDBError: Error, Hashable, Sendable {
    /// LMDB's code (negative) or an `errno` (positive).
    public let code: Int32

    /// An error of this code.
    public init(code: Int32) { self.code = code }

    /// The map has no room for what is to be written: `MDB_MAP_FULL`.
    static let mapFull = LMDBError(code: MDB_MAP_FULL)

    /// Stored bytes are not those that were written: `MDB_CORRUPTED`.
    static let damaged = LMDBError(code: MDB_CORRUPTED)

    /// A page that should be there is not: `MDB_PAGE_NOTFOUND`.
    static let pageNotFound = LMDBError(code: MDB_PAGE_NOTFOUND)
    /// No such key or table: `MDB_NOTFOUND`.
    static let notFound = LMDBError(code: MDB_NOTFOUND)
    /// Not a file of LMDB: `MDB_INVALID`.
    static let invalid = LMDBError(code: MDB_INVALID)
    /// No room on the disk: `ENOSPC`.
    static let diskFull = LMDBError(code: ENOSPC)

    /// No room for this user: `EDQUOT`.
    static let quotaFull = LMDBError(code: EDQUOT)

    /// Whether there is no room, which passes.
    var isNoRoom: Bool { self == .diskFull || self == .quotaFull || self == .mapFull }

    /// Whether the disk or the system refused in a way after which nothing that was written can be trusted to be there.
    var isOfTheDisk: Bool { code > 0 && !isNoRoom && self != .tooLarge && code != ENOMEM }

    /// Too large for a row: `EFBIG`.
    static let tooLarge = LMDBError(code: EFBIG)

    /// LMDB's text for the code, or the system's.
    public var text: String { String(cString: mdb_strerror(code)) }

    /// Throws unless `code` is 0.
    static func check(_ code: Int32) throws(LMDBError) {
        if code != 0 { throw LMDBError(code: code) }
    }
}
