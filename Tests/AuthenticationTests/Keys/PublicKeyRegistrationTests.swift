import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@Suite struct PublicKeyRegistrationTests {
    @Test(arguments: KeyKind.allCases)
    func everyKindIsReadAsItIsRegistered(_ kind: KeyKind) throws {
        let key = try Samples.key(kind).publicKey
        let info = try key.subjectPublicKeyInfo()
        for form in [try key.registeredForm(), try key.pem(), info] {
            let read = try PublicKey.registered(form)
            #expect(read.kind == kind)
            #expect(try read.subjectPublicKeyInfo() == info)
        }
    }

    @Test func theFormGoesByTheKind() throws {
        func algorithm(_ kind: KeyKind) throws -> [UInt8]? {
            try? PublicKeyRecord(wire: try Samples.key(kind).publicKey.registeredForm()).algorithm
        }
        #expect(try algorithm(.rsa) == Array("RSA_PUB_KEY".utf8))
        #expect(try algorithm(.dsa) == Array("DSA_PUB_KEY".utf8))
        #expect(try algorithm(.sm2) == Array("SM2_PUB_KEY".utf8))
        for kind in [KeyKind.ec, .ed25519] {
            let key = try Samples.key(kind).publicKey
            #expect(try key.registeredForm() == key.subjectPublicKeyInfo())
        }
        let rsa = try Samples.key(.rsa).publicKey.registeredForm()
        #expect(rsa.suffix(4) == [0, 0, 0, 0], "with the trailer of the reference software")
        #expect(try PublicKey.registered(Array(rsa.dropLast(4))).kind == .rsa)
    }

    @Test func anSM2RecordMayHoldDERAndNoOtherKey() throws {
        let key = try Samples.key(.sm2).publicKey
        let record = PublicKeyRecord.sm2(subjectPublicKeyInfo: try key.subjectPublicKeyInfo())
        #expect(try PublicKey.registered(record.wire).kind == .sm2)
        let other = PublicKeyRecord.sm2(subjectPublicKeyInfo: try Samples.key(.ec).publicKey.pem())
        #expect(throws: KeyRecordError.key(.malformed)) { try PublicKey.registered(other.wire) }
    }

    @Test func keysThatVerifyNothingAreNamed() {
        let records: [PublicKeyRecord] = [
            .diffieHellman(y: [4], p: [23], g: [5]), .sm9(identity: [0x41]),
            .other(algorithm: Array("NEW_PUB_KEY".utf8), field: []),
        ]
        for record in records {
            #expect(throws: KeyRecordError.unsupportedAlgorithm(record.algorithm)) {
                try PublicKey.registered(record.wire)
            }
        }
    }

    @Test func otherBytesAreNoKey() {
        for bytes in [[], [0x30], Array("not a key".utf8), [UInt8](repeating: 0, count: 40)] as [[UInt8]] {
            #expect(throws: KeyRecordError.self) { try PublicKey.registered(bytes) }
        }
        #expect(throws: KeyRecordError.key(.malformed)) {
            try PublicKey.registered(PublicKeyRecord.rsa(exponent: [3], modulus: [4], hasTrailer: true).wire)
        }
    }

    @Test(arguments: KeyKind.allCases)
    func damagedFormsAreReadOrRefused(_ kind: KeyKind) throws {
        var random = SeededGenerator(seed: 13)
        let key = try Samples.key(kind).publicKey
        let forms = [try key.registeredForm(), try key.pem(), try key.subjectPublicKeyInfo()]
        var refusedCount = 0
        for round in 0..<600 where (try? PublicKey.registered(random.damaged(forms[round % 3]))) == nil {
            refusedCount += 1
        }
        #expect(refusedCount > 0)
        for form in forms.prefix(1) + forms.suffix(1) {
            for count in 0..<form.count {
                let cut = Array(form[..<count])
                // Without its trailer an RSA key is whole.
                let isWhole = kind == .rsa && form == forms[0] && count == form.count - 4
                #expect(((try? PublicKey.registered(cut)) != nil) == isWhole, "cut at \(count)")
            }
        }
    }
}
