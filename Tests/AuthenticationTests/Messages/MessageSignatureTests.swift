import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@Suite struct MessageSignatureTests {
    private static func signed(
        _ kind: KeyKind,
        version: ProtocolVersion = .newest,
        counter: UInt32 = 0
    ) throws -> CoveredMessage {
        var message = try Samples.message(version: version, sessionID: 0x55)
        message.credential = try MessageSignature.credential(
            for: message,
            key: try Samples.key(kind),
            counter: counter
        )
        return message
    }

    private static func isValid(
        _ message: CoveredMessage,
        _ kind: KeyKind,
        policy: SignaturePolicy = .legacy
    ) throws -> Bool {
        try MessageSignature.isValid(of: message, key: try Samples.key(kind).publicKey, policy: policy)
    }

    @Test(arguments: KeyKind.allCases, [(2, 3), (2, 5), (2, 7), (2, 8), (2, 11)] as [(UInt8, UInt8)])
    func everyKindOfKeySigns(_ kind: KeyKind, _ version: (UInt8, UInt8)) throws {
        let message = try Self.signed(kind, version: ProtocolVersion(version.0, version.1), counter: 3)
        #expect(message.credential?.type == Array("HS_SIGNED".utf8))
        #expect(message.credential?.sessionCounter == 3)
        let received = try CoveredMessage(wire: message.wire)
        #expect(try Self.isValid(received, kind))
    }

    @Test func version26IsRefused() throws {
        let version = ProtocolVersion(2, 6)
        #expect(throws: ProofRefusal.unsupportedVersion(version)) { try Self.signed(.rsa, version: version) }
    }

    @Test func whatIsCoveredGoesByTheVersion() throws {
        func content(_ minor: UInt8) throws -> [UInt8] {
            let message = try Samples.message(version: ProtocolVersion(2, minor), sessionID: 0x55)
            let content = try MessageSignature.content(of: message, counter: 9)
            #expect(content.suffix(message.headerAndBody.count) == message.headerAndBody[...])
            return content.dropLast(message.headerAndBody.count)
        }
        let numbers = hex("00000055 01020304 00000009")
        #expect(try content(5) == [])
        #expect(try content(7) == [2, 7] + numbers)
        #expect(try content(8) == [2, 8, 2, 11] + numbers)
        #expect(try content(11) == [2, 11, 2, 11] + numbers)
    }

    @Test func U3NoBitThatIsCoveredCanBeChanged() throws {
        let wire = try Self.signed(.ed25519).wire
        for (bit, bytes) in wire.withEachBitFlipped where !Self.isUncovered(bit) {
            let isAccepted = (try? Self.isValid(CoveredMessage(wire: bytes), .ed25519)) ?? false
            #expect(!isAccepted, "bit \(bit)")
        }
    }

    /// Flags of the packet and its number belong to the way that a message takes, and no credential covers them.
    private static func isUncovered(_ bit: Int) -> Bool {
        // The other bits of the flags' octet are those of a suggested version of 3.0.
        (16..<22).contains(bit) || (96..<128).contains(bit)
    }

    @Test func U3AnotherKeyOrAnotherKindIsRefused() throws {
        let message = try Self.signed(.ed25519)
        let other = try PrivateKey.generate(.ed25519).publicKey
        #expect(try !MessageSignature.isValid(of: message, key: other))
        for kind in KeyKind.allCases where kind != .ed25519 {
            let isAccepted = (try? Self.isValid(message, kind)) ?? false
            #expect(!isAccepted, "\(kind)")
        }
    }

    @Test func aMissingOrForeignCredentialIsNoSignature() throws {
        var message = try Samples.message()
        #expect(throws: ProofRefusal.noCredential) { try Self.isValid(message, .rsa) }
        message = try Self.signed(.rsa)
        message.credential?.type = Array("HS_MAC".utf8)
        #expect(throws: ProofRefusal.noCredential) { try Self.isValid(message, .rsa) }
        message.credential?.type = Array("HS_DSAPUBKEY".utf8)
        #expect(try Self.isValid(message, .rsa))
    }

    @Test func U2WeakSignaturesAreRefusedUnlessAllowed() throws {
        let old = try Self.signed(.rsa, version: ProtocolVersion(2, 3))
        #expect(throws: ProofRefusal.weak(.sha1)) { try Self.isValid(old, .rsa, policy: .standard) }
        #expect(throws: ProofRefusal.weak(.dsa(bitCount: 2_048))) {
            try Self.isValid(Self.signed(.dsa), .dsa, policy: .standard)
        }
    }
}
