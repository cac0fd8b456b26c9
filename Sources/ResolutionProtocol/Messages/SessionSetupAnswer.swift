/// Body of a successful session set-up (operations.md §1, op 400).
public struct SessionSetupAnswer: WireCodable, Hashable, Sendable {
    /// How the key is exchanged: 1 client's RSA key, 2 server's, 3 the client's registered key, 4 Diffie-Hellman.
    public var mode: UInt16
    /// What the mode says it is.
    public var data: [UInt8]

    /// An answer.
    public init(mode: UInt16, data: [UInt8]) {
        self.mode = mode
        self.data = data
    }

    public static var byteCountMin: Int { 6 }

    public init(from reader: inout WireReader) throws(WireError) {
        mode = try reader.uint16()
        data = try reader.lengthPrefixedBytes()
        try reader.skipSessionTrailer()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint16(mode)
        writer.lengthPrefixedBytes(data)
        writer.sessionTrailer()
    }
}
