import ResolutionProtocol
import Testing

@Suite struct DigestAlgorithmTests {
    @Test func lengthsAndOctets() {
        #expect(DigestAlgorithm.allCases.map(\.rawValue) == [1, 2, 3])
        #expect(DigestAlgorithm.allCases.map(\.byteCount) == [16, 20, 32])
    }
}
