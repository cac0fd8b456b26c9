import Cryptography
import Testing
import VectorFiles

@Suite struct DiffieHellmanTests {
    static let exchanges = vectors("diffie-hellman", in: "session.json")

    @Test func thereAreVectors() {
        #expect(Self.exchanges.count > 5)
    }

    /// Both sides come to the secret of the vector, whose head is the session key (security.md §7.1).
    @Test(arguments: exchanges)
    func bothSidesOfAVectorAgree(_ vector: Vector) throws {
        let p = bytes(try vector.text("pHex"))
        let g = bytes(try vector.text("gHex"))
        func side(_ name: String) throws -> DiffieHellman {
            let value = bytes(try vector.text(name))
            return try DiffieHellman(p: p, g: g, privateValue: value, minimumBitCount: 1_024)
        }
        let client = try side("clientPrivateHex")
        let server = try side("serverPrivateHex")
        let secret = try client.sharedSecret(with: server.publicValue)
        #expect(secret.count == 128)
        #expect(try server.sharedSecret(with: client.publicValue) == secret)
        #expect(try server.sharedSecret(with: [0, 0] + client.publicValue) == secret)
        // The key record ends in y, p, g; y is a number with its length before it.
        let record = bytes(try vector.text("clientPublicKeyHex"))
        let y = record.dropFirst(4 + 10 + 2 + 4).prefix(Int(record[18]) << 8 | Int(record[19]))
        #expect(Array(y.drop { $0 == 0 }) == client.publicValue)
        let key = bytes(try vector.text("hex")).dropFirst(4)
        switch bytes(try vector.text("hex"))[3] {
        case 3: #expect(secret.prefix(32).elementsEqual(key))
        default: #expect(zip(secret, key).allSatisfy { $0 & 0xFE == $1 & 0xFE })
        }
    }

    @Test func freshValuesAgree() throws {
        let group = DiffieHellman.group14
        #expect(DiffieHellman.isAcceptable(p: group.p, g: group.g))
        let one = try DiffieHellman(p: group.p, g: group.g)
        let other = try DiffieHellman(p: [0] + group.p, g: [0, 2])
        #expect(one.publicValue != other.publicValue)
        let secret = try one.sharedSecret(with: other.publicValue)
        #expect(secret.count == 256)
        #expect(try other.sharedSecret(with: one.publicValue) == secret)
    }

    /// A secret that begins with zeros keeps them: with the private value 1 it is the peer's own.
    @Test func theSecretIsAsLongAsThePrime() throws {
        let group = DiffieHellman.group14
        let side = try DiffieHellman(p: group.p, g: group.g, privateValue: [1])
        #expect(side.publicValue == [2])
        let secret = try side.sharedSecret(with: [5])
        #expect(secret == [UInt8](repeating: 0, count: 255) + [5])
    }

    @Test func peersThatGiveTheSecretAwayAreRefused() throws {
        let group = DiffieHellman.group14
        let side = try DiffieHellman(p: group.p, g: group.g)
        var lessOne = group.p
        lessOne[255] -= 1
        // Minus two is no power of two here.
        var lessTwo = group.p
        lessTwo[255] -= 2
        for value in [[], [0], [1], lessOne, lessTwo, group.p, group.p + [0], [1] + group.p] as [[UInt8]] {
            #expect(throws: KeyError.malformed) { try side.sharedSecret(with: value) }
        }
    }

    @Test func groupsThatAreTooSmallOrTooLargeAreRefused() throws {
        let small = bytes(try #require(Self.exchanges.first).text("pHex"))
        #expect(throws: KeyError.weak(bitCount: 1_024)) { try DiffieHellman(p: small, g: [2]) }
        #expect(DiffieHellman.isAcceptable(p: small, g: [2], minimumBitCount: 1_024))
        #expect(!DiffieHellman.isAcceptable(p: small, g: [2]))
        #expect(throws: KeyError.weak(bitCount: 5)) { try DiffieHellman(p: [23], g: [5], minimumBitCount: 0) }
        let large = [0x80] + [UInt8](repeating: 0, count: 512) + [1]
        #expect(throws: KeyError.unsupported("a prime of \(large.count * 8) bits")) {
            try DiffieHellman(p: large, g: [2])
        }
        #expect(!DiffieHellman.isAcceptable(p: [], g: []))
    }

    @Test func numbersThatAreNoPrimesAreRefused() throws {
        let group = DiffieHellman.group14
        for change in [1, 2, 4, 6] as [UInt8] {
            var p = group.p
            p[255] -= change
            #expect(throws: KeyError.malformed, "\(change)") { try DiffieHellman(p: p, g: group.g) }
        }
        // A product of two primes, the work of somebody who wants to be believed.
        let product = try #require(try PrivateKey.generate(.rsa).rsaParts).modulus
        #expect(throws: KeyError.malformed) { try DiffieHellman(p: product, g: [2]) }
    }

    @Test func generatorsOutOfRangeAreRefused() throws {
        let group = DiffieHellman.group14
        for g in [[], [0], [1], group.p, [1] + group.p] as [[UInt8]] {
            #expect(throws: KeyError.malformed) { try DiffieHellman(p: group.p, g: g) }
        }
    }

    /// A prime that no standard names: p of a new key, which is tested and not looked up.
    @Test func primesWithoutANameAreTested() throws {
        let parts = try #require(try PrivateKey.generate(.rsa).rsaParts)
        #expect(DiffieHellman.isAcceptable(p: parts.p, g: [2], minimumBitCount: 1_024))
    }
}
