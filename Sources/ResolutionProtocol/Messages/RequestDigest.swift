/// The digest of a request that its response repeats (wire.md §4.2).
public struct RequestDigest: Hashable, Sendable {
    /// Which digest; nil in the old layout, which does not say.
    public var algorithm: DigestAlgorithm?
    /// 16, 20 or 32 bytes.
    public var bytes: [UInt8]

    /// A digest.
    public init(algorithm: DigestAlgorithm?, bytes: [UInt8]) {
        self.algorithm = algorithm
        self.bytes = bytes
    }
}

extension RequestDigest: WireCodable {
    public static var byteCountMin: Int { 4 }

    /// Goes by the octet: 1, 2 and 3 name an algorithm; 0 begins the length of the old layout.
    public init(from reader: inout WireReader) throws(WireError) {
        var ahead = reader
        guard try ahead.uint8() != 0 else {
            self.init(algorithm: nil, bytes: try reader.lengthPrefixedBytes())
            return
        }
        guard let algorithm = DigestAlgorithm(rawValue: try reader.uint8()) else { throw .invalidField }
        self.init(algorithm: algorithm, bytes: try reader.bytes(byteCount: algorithm.byteCount))
    }

    public func write(to writer: inout WireWriter) {
        guard let algorithm else { return writer.lengthPrefixedBytes(bytes) }
        writer.uint8(algorithm.rawValue)
        writer.bytes(bytes)
    }
}
