import Cryptography
import Testing

@Suite struct ConstantTimeTests {
    @Test func onlyTheSameBytesAreEqual() {
        let secret = Array("a secret".utf8)
        #expect(ConstantTime.areEqual(secret, secret))
        #expect(ConstantTime.areEqual([], []))
        #expect(!ConstantTime.areEqual(secret, []))
        #expect(!ConstantTime.areEqual(secret, secret + [0]))
        for position in secret.indices {
            var other = secret
            other[position] ^= 0x80
            #expect(!ConstantTime.areEqual(secret, other))
        }
    }
}
