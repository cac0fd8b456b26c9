import Authentication
import Cryptography
import ResolutionProtocol
import VectorFiles

/// What all vectors of challenges have: the request, the challenge, and who answers.
struct ChallengeExchange {
    let version: ProtocolVersion
    let challenge: Challenge
    let user: ValueReference
    /// `hex`.
    let answer: [UInt8]
    /// What the parts say of each other and should not.
    private(set) var differences: [String] = []
    private let authenticationType: [UInt8]
    private let request: [UInt8]

    init(_ vector: Vector) throws {
        let members = JSONValue.object(vector.members)
        version = try vector.fields.version("challengeVersion")
        answer = try members.octets("hex")
        request = try vector.fields.octets("requestHeaderAndBodyHex")
        let challenging = try Self.message(try members.octets("challengeMessageWithoutEnvelopeHex"), version)
        let answering = try Self.message(try members.octets("answerMessageWithoutEnvelopeHex"), version)
        guard case .challenge(let challenge) = challenging.body, case .challengeAnswer(let body) = answering.body else {
            throw FieldError("the messages are no challenge and no answer")
        }
        self.challenge = challenge
        user = body.user
        authenticationType = body.authenticationType
        if body.answer != answer { differences.append("the message holds another answer") }
        if try !challenge.requestDigest.matches(request) { differences.append("the digest is of another request") }
        if try RequestDigest(of: request, version: version) != challenge.requestDigest {
            differences.append("our digest of the request is another")
        }
        // The rest of each message is written as it was read.
        for message in [challenging, answering] where try Self.message(Self.octets(message), version) != message {
            differences.append("a message is another when written")
        }
    }

    var members: [String: JSONValue] {
        challenge.requestDigest.members.merging([
            "authType": .text(authenticationType), "keyHandle": .text(user.identifier),
            "keyIndex": .number(user.index), "nonceHex": .octets(challenge.nonce),
            "requestHeaderAndBodyHex": .octets(request), "challengeVersion": .string("\(version)"),
            "signedContentHex": .octets(challenge.nonce + challenge.requestDigest.bytes),
        ]) { $1 }
    }

    /// A message out of what follows its envelope.
    private static func message(_ octets: [UInt8], _ version: ProtocolVersion) throws -> Message {
        let envelope = Envelope(version: version, requestID: 1, messageLength: UInt32(octets.count))
        return try Message(wire: envelope.wire + octets)
    }

    private static func octets(_ message: Message) -> [UInt8] { Array(message.wire.dropFirst(Envelope.byteCount)) }
}
