internal import Console

/// Reads files that fit into memory.
enum InputFile {
    /// The bytes of the file at `path`; with `orStandardInput`, `-` is standard input.
    static func bytes(
        at path: String,
        byteCountMax: Int,
        orStandardInput: Bool = false
    ) throws(LoadError) -> [UInt8] {
        do throws(WholeFile.Failure) {
            return try WholeFile.bytes(at: path, byteCountMax: byteCountMax, orStandardInput: orStandardInput)
        } catch {
            throw LoadError(.cannotRead(file: path, errorNumber: error.errorNumber))
        }
    }
}
