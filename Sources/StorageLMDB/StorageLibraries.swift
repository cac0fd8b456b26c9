internal import CLMDB
internal import CXXHash
internal import CZstd

/// The libraries that this module stands on, as they are loaded in this process.
package enum StorageLibraries {
    /// LMDB's version, such as `0.9.24`.
    package static var lmdb: String {
        var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
        _ = mdb_version(&major, &minor, &patch)
        return "\(major).\(minor).\(patch)"
    }

    /// Zstandard's version, such as `1.5.4`.
    package static var zstd: String { ZSTD_versionString().map { String(cString: $0) } ?? "?" }

    /// xxHash's version, such as `0.8.1`: that of its header, which is compiled in whole.
    package static var xxHash: String { "\(XXH_VERSION_MAJOR).\(XXH_VERSION_MINOR).\(XXH_VERSION_RELEASE)" }
}
