import ResolutionProtocol
import Testing

@Suite struct ValuePermissionsTests {
    @Test func digitsAreTheFourBits() {
        for bits in 0...15 as ClosedRange<UInt8> {
            #expect(UInt8(ValuePermissions(rawValue: bits).digits, radix: 2) == bits)
            #expect(ValuePermissions(rawValue: bits).digits.count == 4)
        }
        #expect(ValuePermissions.standard.digits == "1110")
    }
}
