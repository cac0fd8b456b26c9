import Authentication
import Testing

@Suite struct SignaturePolicyTests {
    @Test(arguments: [
        AlgorithmWeakness.md5, .sha1, .dsa(bitCount: 3_072), .shortRSA(bitCount: 2_047), .shortRSA(bitCount: 1_024),
    ])
    func U2NothingWeakIsAllowedUnlessAskedFor(_ weakness: AlgorithmWeakness) {
        #expect(throws: ProofRefusal.weak(weakness)) { try SignaturePolicy.standard.check([weakness]) }
        #expect(throws: Never.self) { try SignaturePolicy.legacy.check([weakness]) }
    }

    @Test func U2EvenLegacyHasALeastSize() {
        for weakness in [AlgorithmWeakness.dsa(bitCount: 1_023), .shortRSA(bitCount: 1_023)] {
            #expect(throws: ProofRefusal.weak(weakness)) { try SignaturePolicy.legacy.check([weakness]) }
        }
    }

    @Test func U2EachWeaknessIsAllowedByItself() {
        #expect(throws: Never.self) { try SignaturePolicy(allowsSHA1: true).check([.sha1]) }
        #expect(throws: ProofRefusal.weak(.md5)) { try SignaturePolicy(allowsSHA1: true).check([.sha1, .md5]) }
        #expect(throws: Never.self) { try SignaturePolicy(allowsDSA: true).check([.dsa(bitCount: 2_048)]) }
        #expect(throws: ProofRefusal.weak(.dsa(bitCount: 1_024))) {
            try SignaturePolicy(allowsDSA: true).check([.dsa(bitCount: 1_024)])
        }
        #expect(throws: Never.self) { try SignaturePolicy.standard.check([]) }
    }
}
