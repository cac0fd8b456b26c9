/// Body of one server's question to another: is this answer what that secret yields (operations.md §10, op 201)?
public struct ChallengeVerification: WireCodable, Hashable, Sendable {
    /// The `HS_SECKEY` value; index 0 means any of the identifier.
    public var secret: ValueReference
    /// The challenge's nonce.
    public var nonce: [UInt8]
    /// Digest of the challenged request. The reference software writes it without its algorithm (nil); both forms are
    /// read.
    public var requestDigest: RequestDigest
    /// The answer that is doubted.
    public var answer: [UInt8]

    /// A question about the answer to a challenge.
    public init(secret: ValueReference, nonce: [UInt8], requestDigest: RequestDigest, answer: [UInt8]) {
        self.secret = secret
        self.nonce = nonce
        self.requestDigest = requestDigest
        self.answer = answer
    }

    public static var byteCountMin: Int { 20 }

    public init(from reader: inout WireReader) throws(WireError) {
        secret = try ValueReference(from: &reader)
        nonce = try reader.lengthPrefixedBytes()
        requestDigest = try RequestDigest(from: &reader)
        answer = try reader.lengthPrefixedBytes()
    }

    public func write(to writer: inout WireWriter) {
        secret.write(to: &writer)
        writer.lengthPrefixedBytes(nonce)
        requestDigest.write(to: &writer)
        writer.lengthPrefixedBytes(answer)
    }
}
