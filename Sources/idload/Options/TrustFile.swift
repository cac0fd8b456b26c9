internal import Cryptography

/// Reads a file of certificates.
enum TrustFile {
    /// A collection of all authorities that browsers know has a quarter of it.
    private static let byteCountMax = 1 << 20

    static func read(_ path: String) throws(LoadError) -> TLSFile {
        TLSFile(name: path, bytes: try InputFile.bytes(at: path, byteCountMax: byteCountMax))
    }
}
