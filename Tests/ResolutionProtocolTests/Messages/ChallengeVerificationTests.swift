import ResolutionProtocol
import Testing

@Suite struct ChallengeVerificationTests {
    private static let head: [UInt8] =
        [0, 0, 0, 9] + Array("35.TEST/U".utf8) + [0, 0, 1, 0x2C, 0, 0, 0, 2, 1, 2]

    /// The example of operations.md §1.
    @Test func workedExample() throws {
        let wire = Self.head + [0, 0, 0, 2, 3, 4, 0, 0, 0, 3, 2, 9, 9]
        let verification = ChallengeVerification(
            secret: ValueReference(identifier: Array("35.TEST/U".utf8), index: 300),
            nonce: [1, 2],
            requestDigest: RequestDigest(algorithm: nil, bytes: [3, 4]),
            answer: [2, 9, 9]
        )
        #expect(verification.wire == wire)
        #expect(try ChallengeVerification(wire: wire) == verification)
    }

    @Test(arguments: DigestAlgorithm.allCases)
    func theDigestMayNameItsAlgorithm(_ algorithm: DigestAlgorithm) throws {
        let digest = [UInt8](repeating: 7, count: algorithm.byteCount)
        let wire = Self.head + [algorithm.rawValue] + digest + [0, 0, 0, 1, 5]
        let verification = try ChallengeVerification(wire: wire)
        #expect(verification.requestDigest == RequestDigest(algorithm: algorithm, bytes: digest))
        #expect(verification.answer == [5])
        #expect(verification.wire == wire)
    }

    @Test func anUnknownAlgorithmIsRefused() {
        let wire = Self.head + [4] + [UInt8](repeating: 0, count: 40)
        #expect(throws: WireError.invalidField) { try ChallengeVerification(wire: wire) }
    }
}
