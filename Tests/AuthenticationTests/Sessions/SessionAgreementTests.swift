import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@Suite struct SessionAgreementTests {
    private static func clientKey(_ agreement: SessionAgreement) throws -> [UInt8] {
        guard case .diffieHellman(let key) = agreement.exchange else { throw Samples.MissingKey() }
        return key
    }

    @Test(arguments: [SessionCipher.des, .tripleDES, .aes])
    func bothSidesHaveOneKey(_ cipher: SessionCipher) throws {
        let client = try SessionAgreement()
        let server = try SessionAgreement.answer(
            to: try Self.clientKey(client),
            cipher: cipher,
            version: .newest
        )
        #expect(server.key.cipher == cipher)
        #expect(try client.key(answeredWith: server.data, version: .newest) == server.key)
        let other = try SessionAgreement()
        #expect(try other.key(answeredWith: server.data, version: .newest) != server.key)
    }

    @Test func below24TheAnswerHasNoCipher() throws {
        let client = try SessionAgreement()
        let old = ProtocolVersion(2, 3)
        let server = try SessionAgreement.answer(to: try Self.clientKey(client), cipher: .des, version: old)
        guard case .diffieHellman? = try? PublicKeyRecord(wire: server.data) else {
            return #expect(Bool(false), "the answer is no key alone")
        }
        #expect(throws: ProofRefusal.unsupportedVersion(old)) {
            try client.key(answeredWith: server.data, version: old)
        }
    }

    @Test func aCipherThatIsNotAgreedUponInThisWayIsRefused() throws {
        let client = try SessionAgreement()
        #expect(throws: ProofRefusal.unsuitableAlgorithm([0, 0, 0, 4])) {
            try SessionAgreement.answer(to: try Self.clientKey(client), cipher: .sm4, version: .newest)
        }
    }

    @Test func groupsAndValuesThatGiveNothingAreRefused() throws {
        let group = DiffieHellman.group14
        var last = group.p
        last[last.count - 1] -= 1
        let bad: [PublicKeyRecord] = [
            .diffieHellman(y: [], p: group.p, g: group.g), .diffieHellman(y: [1], p: group.p, g: group.g),
            .diffieHellman(y: last, p: group.p, g: group.g), .diffieHellman(y: group.p, p: group.p, g: group.g),
            .diffieHellman(y: [4], p: group.p, g: [1]), .diffieHellman(y: [4], p: [23], g: [5]),
            .diffieHellman(y: [4], p: last, g: [2]), .rsa(exponent: [3], modulus: [5], hasTrailer: true),
        ]
        for record in bad {
            #expect(throws: ProofRefusal.malformed) {
                try SessionAgreement.answer(to: record.wire, cipher: .aes, version: .newest)
            }
        }
    }

    @Test func damagedKeysAndAnswersAreRefusedOrGiveAnotherKey() throws {
        var random = SeededGenerator(seed: 11)
        let client = try SessionAgreement()
        let server = try SessionAgreement.answer(to: try Self.clientKey(client), cipher: .aes, version: .newest)
        for _ in 0..<100 {
            let data = random.damaged(server.data)
            guard data != server.data else { continue }
            // What leaves y and the cipher alone leaves the key as it is.
            guard let key = try? client.key(answeredWith: data, version: .newest), key == server.key else { continue }
            #expect(data.prefix(4) == server.data.prefix(4))
        }
        for count in 0..<server.data.count {
            #expect(throws: ProofRefusal.malformed) {
                try client.key(answeredWith: Array(server.data[..<count]), version: .newest)
            }
        }
    }
}
