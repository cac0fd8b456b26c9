import Authentication
import ResolutionProtocol
import Testing

@Suite struct RequestDigestTests {
    /// Header and body of wire.md §13 whose digest it gives.
    private static let request = hex(
        "000000010000000019800000ffff000065000000000000150000000933352e544553542f410000000000000000"
    )

    @Test func theWorkedExample() throws {
        let digest = try RequestDigest(of: Self.request, version: .newest)
        #expect(digest.algorithm == .sha256)
        #expect(digest.bytes == hex("7b267df323c2432ef845a14b9f3501fe677a4ad23b91d99fe5c38dbceb49e227"))
    }

    @Test(
        arguments: [
            (ProtocolVersion(2, 0), nil, 16), (ProtocolVersion(2, 1), .sha1, 20), (ProtocolVersion(2, 6), .sha1, 20),
            (ProtocolVersion(2, 7), .sha256, 32), (ProtocolVersion(5, 0), nil, 16),
        ] as [(ProtocolVersion, DigestAlgorithm?, Int)]
    )
    func theAlgorithmGoesByTheVersion(_ version: ProtocolVersion, _ algorithm: DigestAlgorithm?, _ count: Int) throws {
        let digest = try RequestDigest(of: Self.request, version: version)
        #expect(digest.algorithm == algorithm)
        #expect(digest.bytes.count == count)
        #expect(try digest.matches(Self.request))
    }

    @Test func anotherRequestOrAnotherLengthDoesNotMatch() throws {
        var digest = try RequestDigest(of: Self.request, version: .newest)
        #expect(try !digest.matches(Self.request + [0]))
        digest.bytes.removeLast()
        #expect(try !digest.matches(Self.request))
        digest.bytes = []
        #expect(try !digest.matches(Self.request))
    }

    @Test(arguments: [
        (ProtocolVersion(2, 11), ProtocolVersion(2, 6), ProtocolVersion(2, 6)),
        (ProtocolVersion(2, 6), ProtocolVersion(2, 11), ProtocolVersion(2, 6)),
        (ProtocolVersion(2, 3), ProtocolVersion(0, 0), ProtocolVersion(2, 3)),
        (ProtocolVersion(2, 11), ProtocolVersion(3, 0), ProtocolVersion(2, 11)),
    ])
    func aChallengeIsAnsweredInTheLowerVersion(
        _ version: ProtocolVersion,
        _ suggested: ProtocolVersion,
        _ answered: ProtocolVersion
    ) {
        #expect(Envelope(version: version, suggestedVersion: suggested, requestID: 1).proofVersion == answered)
    }
}
