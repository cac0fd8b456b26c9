import ResolutionProtocol
import Testing

@Suite struct ResponseCodeTests {
    private static let below = [ProtocolVersion(5, 11), ProtocolVersion(2, 0), ProtocolVersion(2, 4)]
    private static let from25 = [ProtocolVersion(2, 5), ProtocolVersion(2, 11), ProtocolVersion(3, 0)]

    @Test func below25TwoCodesAreWrittenAsOthers() {
        for version in Self.below {
            #expect(ResponseCode.serverReadOnly.encoded(for: version) == ResponseCode(rawValue: 303))
            #expect(ResponseCode.invalidValue.encoded(for: version) == ResponseCode(rawValue: 201))
            #expect(ResponseCode.prefixReferral.decoded(from: version) == .serverReadOnly)
            #expect(ResponseCode.identifierNotFound.encoded(for: version) == .identifierNotFound)
            #expect(ResponseCode.serviceReferral.decoded(from: version) == .serviceReferral)
        }
    }

    @Test func from25EveryCodeIsItself() {
        for version in Self.from25 {
            for code in (0...700).map({ ResponseCode(rawValue: $0) }) {
                #expect(code.encoded(for: version) == code)
                #expect(code.decoded(from: version) == code)
            }
        }
    }

    @Test func allButFiveCodesHaveAnErrorsBody() {
        let others: Set<UInt32> = [0, 1, 302, 303, 402]
        for code in 0...700 as ClosedRange<UInt32> {
            #expect(ResponseCode(rawValue: code).hasErrorBody == !others.contains(code))
        }
    }
}
