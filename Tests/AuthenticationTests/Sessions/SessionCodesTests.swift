import Authentication
import ResolutionProtocol
import Testing

@Suite struct SessionCodesTests {
    private static func key() throws -> SessionKey {
        try #require(SessionKey(cipher: .aes, bytes: Array(0x10...0x1F)))
    }

    private static func coded(_ version: ProtocolVersion = .newest, counter: UInt32 = 1) throws -> CoveredMessage {
        var message = try Samples.message(version: version, sessionID: 0x55)
        message.credential = try key().credential(for: message, counter: counter)
        return message
    }

    /// The examples of security.md §5.
    @Test(
        arguments: [
            (11, "be4ca00ed1ffef641346a05958a0e537e9a6f1c3b0655f44a91b09c0310f86a9"),
            (8, "1992b21dc4eeb60c9c3ad898a0a49a4d03993da898bef23d1f58ed838ba7cc92"),
            (7, "facc45c9fb14e357f5cfeeb697d2d8b3cf1ddf5366fd1e6de0184d61b1322519"),
        ] as [(UInt8, String)]
    )
    func workedExamples(_ minor: UInt8, _ code: String) throws {
        let message = try Self.coded(ProtocolVersion(2, minor))
        #expect(message.credential?.signature == hex(code))
        #expect(message.credential?.digestAlgorithm == Array("HMAC-SHA256".utf8))
        #expect(try Self.key().isValid(of: message))
        guard minor == 11 else { return }
        let wire = hex(
            "0000000000000000000000010000000648535f4d4143000000330000000b484d41432d534841323536" + "00000020" + code
        )
        #expect(message.credential?.wire == wire)
    }

    @Test(arguments: [ProtocolVersion(2, 5), ProtocolVersion(2, 6)])
    func versions25And26AreRefused(_ version: ProtocolVersion) throws {
        #expect(throws: ProofRefusal.unsupportedVersion(version)) { try Self.coded(version) }
        var message = try Self.coded(ProtocolVersion(2, 4))
        message.envelope.version = version
        #expect(throws: ProofRefusal.unsupportedVersion(version)) {
            try Self.key().isValid(of: message, policy: .legacy)
        }
    }

    @Test func U2CodesOfSHA1AreRefusedUnlessAllowed() throws {
        let message = try Self.coded(ProtocolVersion(2, 4))
        #expect(message.credential?.digestAlgorithm == [2])
        #expect(throws: ProofRefusal.weak(.sha1)) { try Self.key().isValid(of: message) }
        #expect(try Self.key().isValid(of: message, policy: .legacy))
    }

    @Test func U3NoBitThatIsCoveredCanBeChanged() throws {
        let wire = try Self.coded().wire
        let key = try Self.key()
        // Flags of the packet and its number belong to the way that a message takes.
        for (bit, bytes) in wire.withEachBitFlipped where !(16..<22).contains(bit) && !(96..<128).contains(bit) {
            let isAccepted = (try? key.isValid(of: CoveredMessage(wire: bytes))) ?? false
            #expect(!isAccepted, "bit \(bit)")
        }
    }

    @Test func aCodeWithoutACounterOrOfAnotherKeyIsRefused() throws {
        #expect(throws: ProofRefusal.malformed) { try Self.key().isValid(of: try Self.coded(counter: 0)) }
        let other = try #require(SessionKey(cipher: .aes, bytes: Array(0x11...0x20)))
        #expect(try !other.isValid(of: try Self.coded()))
        var message = try Self.coded()
        message.credential?.signature.removeLast()
        #expect(try !Self.key().isValid(of: message))
        message.credential?.signature = []
        #expect(try !Self.key().isValid(of: message))
        message.credential = nil
        #expect(throws: ProofRefusal.noCredential) { try Self.key().isValid(of: message) }
    }
}
