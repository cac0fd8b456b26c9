import Cryptography
import Testing

@Suite struct TLSPeerIdentityTests {
    @Test func anIndexAndAnIdentifier() {
        let identity = TLSPeerIdentity(Array("300:0.NA/88.118:x".utf8))
        #expect(identity?.index == 300)
        #expect(identity?.identifier == Array("0.NA/88.118:x".utf8))
        #expect(TLSPeerIdentity(Array("0:a".utf8))?.index == 0)
        #expect(TLSPeerIdentity(Array("4294967295:a".utf8))?.index == .max)
    }

    @Test(arguments: ["", ":", ":a", "1:", "a:b", "-1:b", "+1:b", "4294967296:a", "00000000001:a", "1 :a", "300"])
    func anythingElseIsNobody(_ text: String) {
        #expect(TLSPeerIdentity(Array(text.utf8)) == nil)
    }
}
