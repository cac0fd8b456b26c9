internal import Console
internal import Cryptography
internal import EventLoop
internal import RecordFiles
internal import ResolutionProtocol
internal import StorageLMDB

/// What this program is.
enum Version {
    /// What `--version` prints.
    static var text: String { whole.text }

    /// Program and version, in every output of a run.
    static var line: String { "\(whole.line) (\(BuildCommit.text))" }

    private static var whole: ProgramVersion {
        ProgramVersion(
            program: "idload",
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
        )
    }
}
