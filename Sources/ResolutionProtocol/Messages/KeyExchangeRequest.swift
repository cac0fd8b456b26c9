/// Body of the request with which a client hands a session's key to the server (operations.md §1, op 402).
public struct KeyExchangeRequest: WireCodable, Hashable, Sendable {
    /// The key, encrypted under the server's.
    public var encryptedKey: [UInt8]

    /// Hands `encryptedKey` over.
    public init(encryptedKey: [UInt8]) { self.encryptedKey = encryptedKey }

    public static var byteCountMin: Int { 4 }

    public init(from reader: inout WireReader) throws(WireError) {
        encryptedKey = try reader.lengthPrefixedBytes()
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(encryptedKey)
    }
}
