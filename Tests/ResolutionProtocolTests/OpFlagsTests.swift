import ResolutionProtocol
import Testing

@Suite struct OpFlagsTests {
    @Test func defaultsAndEcho() {
        #expect(OpFlags.requestDefault.rawValue == 0x1900_0000)
        #expect(OpFlags.echoed.intersection([.recursive, .continued, .keepConnection, .requestDigest]).isEmpty)
        #expect(
            OpFlags.echoed.isSuperset(of: [.certify, .cacheCertify, .authoritative, .encrypt, .publicOnly, .doNotRefer])
        )
    }
}
