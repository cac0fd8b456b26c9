internal import Console
internal import Cryptography
internal import EventLoop
internal import ResolutionProtocol
internal import StorageLMDB

/// What this program is.
enum Version {
    private static var version: ProgramVersion {
        ProgramVersion(
            program: "idnode",
            commit: BuildCommit.text,
            protocolVersion: "\(ProtocolVersion.newest)",
            libraries: [
                ProgramVersion.Library("OpenSSL", CryptographyLibraries.openSSL),
                ProgramVersion.Library("libuv", EventLoopLibraries.libuv),
                ProgramVersion.Library("LMDB", StorageLibraries.lmdb),
                ProgramVersion.Library("zstd", StorageLibraries.zstd),
                ProgramVersion.Library("xxHash", StorageLibraries.xxHash),
            ]
        )
    }

    /// Program and number, as the status says.
    static var line: String { version.line }
    /// What `--version` prints.
    static var text: String { version.text }
}
