import EventLoop
import Resolution
import ResolutionProtocol
import Testing
import Transport
import TransportSuite

extension TransportTests {
    @Suite struct CountingTests {
        private static func ask(_ address: SocketAddress, isTCP: Bool, from source: SocketAddress? = nil) throws {
            let socket = try ClientSocket(address, isTCP: isTCP, from: source)
            try Asking.check(socket.ask(Asking.item(1)), item: 1)
        }

        @Test func originsByTableOfNetworks() throws {
            var settings = TransportSettings()
            settings.origins = [
                OriginRule(network: try NetworkPrefix(text: "127.0.0.0/8"), origin: .own),
                OriginRule(network: try NetworkPrefix(text: "127.0.0.3"), origin: .probe),
                OriginRule(network: try NetworkPrefix(text: "127.1.0.0/16"), origin: .enterprise),
                OriginRule(network: try NetworkPrefix(text: "127.1.7.0/24"), origin: .monitoring),
            ]
            let node = try SampleNode(settings)
            defer { node.stop() }
            let sources: [(UInt32, OriginClass)] = [
                (0x7F00_0001, .own), (0x7F00_0003, .probe), (0x7F01_0001, .enterprise), (0x7F01_0701, .monitoring),
            ]
            for (source, _) in sources {
                for isTCP in [false, true] {
                    try Self.ask(node.address, isTCP: isTCP, from: SocketAddress(ipv4: source, port: 0))
                }
            }
            let total = try node.ledger.total()
            for (_, origin) in sources { #expect(total.received(origin) == 2 && total.found(origin) == 2, "\(origin)") }
            #expect(total.received(.external) == 0)
            #expect(total.requests == 8 && total.successes == 2)
        }

        @Test func originByListenerGoesBeforeTheTable() throws {
            var settings = TransportSettings()
            settings.listeners = [
                ListenerPlan(address: SampleNode.loopback, origin: .monitoring),
                ListenerPlan(address: SampleNode.loopback),
            ]
            settings.origins = [OriginRule(network: try NetworkPrefix(text: "127.0.0.0/8"), origin: .recursive)]
            let node = try SampleNode(settings)
            defer { node.stop() }
            for plan in node.transport.plans {
                for isTCP in [false, true] { try Self.ask(plan.address, isTCP: isTCP) }
            }
            let total = try node.ledger.total()
            #expect(total.received(.monitoring) == 2 && total.received(.recursive) == 2 && total.requests == 4)
        }

        @Test func withoutRulesEveryoneIsExternal() throws {
            let node = try SampleNode()
            defer { node.stop() }
            for isTCP in [false, true] { try Self.ask(node.address, isTCP: isTCP) }
            #expect(try node.ledger.total().received(.external) == 2)
        }

        @Test func repeatedDatagramsAreAnsweredAndCountedApart() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: false)
            for _ in 0..<3 {
                try Asking.check(socket.ask(Asking.item(1)), item: 1)
            }
            let stream = try ClientSocket(node.address, isTCP: true)
            for _ in 0..<2 {
                try Asking.check(stream.ask(Asking.item(1)), item: 1)
            }
            #expect(try node.ledger.total().received(.external) == 3)
            #expect(try node.ledger.repeated(.external) == 2)
        }
    }
}
