internal import Console

/// Reads files that fit into memory.
enum SmallFile {
    /// The bytes of the file at `path`, `-` for standard input; more than `byteCountMax` of them are an error.
    static func read(_ path: String, byteCountMax: Int = 16 << 20) throws(CommandFailure) -> [UInt8] {
        do throws(WholeFile.Failure) {
            return try WholeFile.bytes(at: path, byteCountMax: byteCountMax, orStandardInput: true)
        } catch {
            throw CommandFailure(.cannotRead(file: path, errorNumber: error.errorNumber))
        }
    }

    /// What is left in an open file.
    static func bytes(of descriptor: Int32, path: String, byteCountMax: Int) throws(CommandFailure) -> [UInt8] {
        do throws(WholeFile.Failure) {
            return try WholeFile.bytes(of: descriptor, byteCountMax: byteCountMax)
        } catch {
            throw CommandFailure(.cannotRead(file: path, errorNumber: error.errorNumber))
        }
    }
}
