import Testing
import VectorFiles

@testable import Cryptography

/// Signatures of each kind of key: made, checked, and refused when anything about them is wrong (case U3).
@Suite struct SignatureTests {
    static let keys: [PrivateKey] = {
        let names = [KeyFixtures.rsaPrivate, KeyFixtures.ecPrivate]
        let read = names.compactMap { try? PrivateKey(pem: Array($0.utf8)) }
        let made = [(KeyKind.ec, 384), (.ec, 521), (.sm2, 256), (.ed25519, 256)]
            .compactMap { try? PrivateKey.generate($0, bitCount: $1) }
        let dsa = vectors("private-key-file", in: "keyfiles.json").first { $0.fields["algorithm"] == .string("DSA") }
        return read + made + [dsa].compactMap { try? $0?.privateKey(base64: $0?.text("pkcs8Base64") ?? "") }
    }()

    static let message = Array("the operation that is to be done".utf8)

    @Test func thereIsAKeyOfEachKind() {
        #expect(Set(Self.keys.map(\.kind)) == Set(KeyKind.allCases))
        #expect(Self.keys.count == 7)
    }

    @Test(arguments: keys, [Digest.sha1, .sha256])
    func whatIsSignedVerifies(_ key: PrivateKey, _ digest: Digest) throws {
        for message in [Self.message, [], [UInt8](repeating: 7, count: 100_000)] {
            let signature = try key.signature(of: message, digest: digest)
            #expect(try key.publicKey.verifies(signature, of: message, digest: digest))
            #expect(try !key.publicKey.verifies(signature, of: message + [0], digest: digest))
        }
    }

    @Test(arguments: keys)
    func U3ASignatureWithOneBitFlippedIsRefused(_ key: PrivateKey) throws {
        let signature = try key.signature(of: Self.message, digest: .sha256)
        for position in signature.indices {
            for bit in 0..<8 {
                var changed = signature
                changed[position] ^= 1 << UInt8(bit)
                #expect(try !key.publicKey.verifies(changed, of: Self.message, digest: .sha256))
            }
        }
    }

    @Test(arguments: keys)
    func U3TruncatedExtendedAndEmptySignaturesAreRefused(_ key: PrivateKey) throws {
        let signature = try key.signature(of: Self.message, digest: .sha256)
        for count in signature.indices {
            #expect(try !key.publicKey.verifies(Array(signature.prefix(count)), of: Self.message, digest: .sha256))
        }
        for changed in [signature + [0], [0] + signature, signature + signature, [UInt8](repeating: 0, count: 9_000)] {
            #expect(try !key.publicKey.verifies(changed, of: Self.message, digest: .sha256))
        }
    }

    /// The same r and s in a longer form of the same numbers is another signature, and refused.
    @Test(arguments: keys.filter { [.dsa, .ec, .sm2].contains($0.kind) })
    func U3ASignatureThatIsNoDERIsRefused(_ key: PrivateKey) throws {
        let signature = try key.signature(of: Self.message, digest: .sha256)
        var reader = DERReader(signature)
        var numbers = try reader.sequence()
        let (r, s) = (try numbers.unsignedInteger(), try numbers.unsignedInteger())
        #expect(DERWriter.sequence([DERWriter.unsignedInteger(r), DERWriter.unsignedInteger(s)]) == signature)
        let padded = [r, s].map { DERWriter.element(DERTag.integer, [0, 0] + $0) }
        #expect(try !key.publicKey.verifies(DERWriter.sequence(padded), of: Self.message, digest: .sha256))
        let zeros = [[], []].map { DERWriter.unsignedInteger($0) }
        #expect(try !key.publicKey.verifies(DERWriter.sequence(zeros), of: Self.message, digest: .sha256))
    }

    @Test(arguments: keys, keys)
    func U3ASignatureOfAnotherKeyIsRefused(_ key: PrivateKey, _ other: PrivateKey) throws {
        guard key !== other else { return }
        let signature = try other.signature(of: Self.message, digest: .sha256)
        #expect(try !key.publicKey.verifies(signature, of: Self.message, digest: .sha256))
    }

    @Test(arguments: keys.filter { [.rsa, .dsa, .ec].contains($0.kind) })
    func U3ASignatureWithAnotherDigestIsRefused(_ key: PrivateKey) throws {
        let signature = try key.signature(of: Self.message, digest: .sha1)
        #expect(try !key.publicKey.verifies(signature, of: Self.message, digest: .sha256))
    }

    /// A refused signature leaves nothing behind that a later failure could take for its own reason.
    @Test func refusalsLeaveNoErrorBehind() throws {
        let key = try #require(Self.keys.first)
        #expect(try !key.publicKey.verifies([1, 2, 3], of: [], digest: .sha256))
        #expect(OpenSSLError.drain(during: "nothing").code == 0)
    }

    @Test func threadsShareAKey() async throws {
        let key = try #require(Self.keys.first)
        let verified = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let message = [UInt8(number)]
                    let signature = try key.signature(of: message, digest: .sha256)
                    return try key.publicKey.verifies(signature, of: message, digest: .sha256)
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(verified == 64)
    }
}
