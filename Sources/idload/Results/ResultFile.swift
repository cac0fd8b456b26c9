internal import Console

/// A result in a file, as `--json` writes it.
enum ResultFile {
    /// More than any result has.
    static let byteCountMax = 16 << 20

    /// Reads the file at `path`, `-` for standard input; throws where it cannot be read, or is no result.
    static func read(_ path: String) throws(LoadError) -> RunDocument {
        try document(try InputFile.bytes(at: path, byteCountMax: byteCountMax, orStandardInput: true), path: path)
    }

    /// The result that the file at `path` holds.
    static func document(_ bytes: [UInt8], path: String) throws(LoadError) -> RunDocument {
        do throws(ResultFault) {
            return try RunDocument(json: bytes)
        } catch {
            throw LoadError(.unusableResult(error, bytes, path: path))
        }
    }
}
