/// The bytes of a file and what people know it by.
///
/// Whoever reads the configuration reads the files: this module opens none.
public struct TLSFile: Hashable, Sendable {
    /// As messages name it: a path, say.
    public let name: String
    /// All of the file.
    public let bytes: [UInt8]

    /// A file that has been read.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}
