/// Body of the answer to a challenge (operations.md §1, op 200; security.md §2).
public struct ChallengeAnswer: WireCodable, Hashable, Sendable {
    /// `HS_SECKEY` or `HS_PUBKEY`; another is for the server to refuse.
    public var authenticationType: [UInt8]
    /// Who answers: the value that holds the key; index 0 means any.
    public var user: ValueReference
    /// The proof, by the type (security.md §§3-4).
    public var answer: [UInt8]

    /// An answer of `user`.
    public init(authenticationType: [UInt8], user: ValueReference, answer: [UInt8]) {
        self.authenticationType = authenticationType
        self.user = user
        self.answer = answer
    }

    public static var byteCountMin: Int { 16 }

    public init(from reader: inout WireReader) throws(WireError) {
        authenticationType = try reader.lengthPrefixedBytes()
        user = try ValueReference(from: &reader)
        answer = try reader.lengthPrefixedBytes()
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(authenticationType)
        user.write(to: &writer)
        writer.lengthPrefixedBytes(answer)
    }
}
