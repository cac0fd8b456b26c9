import EventLoop
import Testing

@testable import Transport

extension TransportTests {
    @Suite struct LimitedNetworksTests {
        private static func network(_ number: UInt64) -> SourceNetwork {
            SourceNetwork(high: 0, low: 0xFFFF_0000_0000 | number << 8)
        }

        @Test func namesTheHeaviestFirstWhateverComesBeside() {
            let page = LimitedNetworks()
            #expect(page.current.isEmpty)
            for number in 0..<30_000 as Range<UInt64> {
                page.writer.note(Self.network(1))
                if number % 2 == 0 { page.writer.note(Self.network(2)) }
                page.writer.note(Self.network(1_000 + number))
            }
            let names = page.current.map { "\($0.network)" }
            #expect(names.first == "0.0.1.0/24" && names.dropFirst().first == "0.0.2.0/24", "\(names)")
            #expect(names.count <= LimitedNetworks.countMax)
        }

        @Test func whatIsOverFadesAway() {
            let page = LimitedNetworks()
            for _ in 0..<1_000 { page.writer.note(Self.network(1)) }
            #expect(page.current.first?.count == 1_000)
            for _ in 0..<9 { page.writer.fade() }
            #expect(page.current.first?.count == 1)
            page.writer.fade()
            #expect(page.current.isEmpty)
        }
    }
}
