import Testing

@testable import idctl

@Suite struct PaceTests {
    @Test func bytesAreDueByTheRate() {
        #expect(Pace(mebibytesPerSecond: nil, rests: false).due(1 << 30) == nil)
        #expect(Pace(mebibytesPerSecond: 2, rests: true).due(1 << 20) == .seconds(0.5))
        #expect(Pace(mebibytesPerSecond: 2, rests: true).due(0) == .zero)
    }
}
