internal import Console
internal import Cryptography
internal import EventLoop
internal import RecordFiles
internal import ResolutionProtocol
internal import StorageLMDB

/// What this program is.
enum Version {
    /// Of the whole product.
    static let number = ProgramVersion.number

    /// What `--version` prints.
    static var text: String {
        ProgramVersion(
            program: "idctl",
            commit: BuildCommit.text,
            protocolVersion: "\(ProtocolVersion.newest)",
            libraries: [
                ProgramVersion.Library("OpenSSL", CryptographyLibraries.openSSL),
                ProgramVersion.Library("libuv", EventLoopLibraries.libuv),
                ProgramVersion.Library("LMDB", StorageLibraries.lmdb),
                ProgramVersion.Library("zstd", StorageLibraries.zstd),
                ProgramVersion.Library("xxHash", StorageLibraries.xxHash),
                ProgramVersion.Library("libzip", RecordFilesLibraries.libzip),
                ProgramVersion.Library("expat", RecordFilesLibraries.expat),
            ]
        ).text
    }
}
