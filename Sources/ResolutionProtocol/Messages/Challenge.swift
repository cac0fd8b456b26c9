/// Body of "authentication needed", code 402 (operations.md §1, wire.md §4.2).
public struct Challenge: Hashable, Sendable {
    /// 16 random octets.
    public var nonce: [UInt8]
    /// Digest of the request that is challenged.
    public var requestDigest: RequestDigest

    /// A challenge.
    public init(nonce: [UInt8], requestDigest: RequestDigest) {
        self.nonce = nonce
        self.requestDigest = requestDigest
    }

    /// Reads digest and nonce; below 2.1 nonce and digest.
    public init(from reader: inout WireReader, version: ProtocolVersion) throws(WireError) {
        if version.hasDigestOctet {
            requestDigest = try RequestDigest(from: &reader)
            nonce = try reader.lengthPrefixedBytes()
        } else {
            nonce = try reader.lengthPrefixedBytes()
            requestDigest = RequestDigest(algorithm: nil, bytes: try reader.lengthPrefixedBytes())
        }
    }

    /// Writes digest and nonce; below 2.1 nonce and digest.
    public func write(to writer: inout WireWriter, version: ProtocolVersion) {
        if version.hasDigestOctet {
            requestDigest.write(to: &writer)
            writer.lengthPrefixedBytes(nonce)
        } else {
            writer.lengthPrefixedBytes(nonce)
            writer.lengthPrefixedBytes(requestDigest.bytes)
        }
    }
}
