import EventLoop
import Resolution
import ResolutionProtocol
import Testing
import Transport
import TransportSuite

extension TransportTests {
    /// What networks are sent by UDP, over real sockets.
    @Suite struct RateLimitTests {
        /// A node that limits loopback too.
        private static func node(_ change: (inout TransportSettings) throws -> Void = { _ in }) throws -> SampleNode {
            var settings = TransportSettings()
            settings.rateLimit.allowed = []
            settings.rateLimit.freeByteCount = 0
            try change(&settings)
            return try SampleNode(settings)
        }

        /// Sends `request` that often, from several sockets, and waits until all have been looked at.
        private static func flood(
            _ node: SampleNode,
            _ request: (Int) -> [UInt8],
            count: Int,
            from source: UInt32 = 0x7F00_0001
        ) throws {
            let sockets = try (0..<16).map { _ in
                try ClientSocket(node.address, isTCP: false, from: SocketAddress(ipv4: source, port: 0))
            }
            let before = node.value(.datagramsReceived)
            for number in 0..<count {
                sockets[number % 16].sendDatagram(request(number))
                // No faster than what a slow machine takes.
                if number % 100 == 99 {
                    eventually("taken") { node.value(.datagramsReceived) >= before + UInt64(number + 1) }
                }
            }
            eventually("all have come") { node.value(.datagramsReceived) == before + UInt64(count) }
        }

        @Test func R1BytesOutPerByteIn() throws {
            let node = try Self.node()
            defer { node.stop() }
            // Small requests for a record of 21 packets, then for small ones.
            try Self.flood(node, { Asking.resolve(SampleNode.longItem, requestID: UInt32($0)) }, count: 2_000)
            try Self.flood(node, { Asking.item($0 % 1_000) }, count: 2_000)
            let (received, sent) = (node.value(.bytesReceivedUDP), node.value(.bytesSentUDP))
            #expect(sent > 0 && Double(sent) / Double(received) <= 1.5, "\(sent) bytes for \(received)")
            let silenced = node.value(.requestsLimitedByPackets) + node.value(.requestsLimitedByBytes)
            #expect(silenced + node.value(.answersSuccess) == 4_000)
            #expect(node.transport.limitedNetworks.first?.network == (try NetworkPrefix(text: "127.0.0.0/24")))
            eventually("the table is counted") { node.value(.networksKnown) == 1 }
        }

        @Test func R1ErrorsAreNeverLargerThanTheirRequests() throws {
            // Without a limit, and with one.
            for mode in [RateLimit.Mode.off, .on] {
                let node = try Self.node { $0.rateLimit.mode = mode }
                defer { node.stop() }
                let requests = [
                    Asking.resolve(Array("88.118.8/none".utf8), requestID: 1),
                    Asking.resolve(Array("9.9/foreign".utf8), requestID: 1), Asking.operation(77, requestID: 1),
                    Asking.resolve([0xFF], requestID: 1),
                    Array(Asking.item(1).prefix(40)),
                ]
                try Self.flood(node, { requests[$0 % requests.count] }, count: 1_000)
                #expect(node.value(.bytesSentUDP) <= node.value(.bytesReceivedUDP), "\(mode)")
                #expect(node.value(.answersIdentifierNotFound) > 0)
            }
        }

        @Test func R1AStrangersFirstQuestionIsAnswered() throws {
            let node = try Self.node { $0.rateLimit.freeByteCount = RateLimit().freeByteCount }
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: false)
            socket.setTimeout(seconds: 5)
            try Asking.check(socket.ask(Asking.item(3)), item: 3)
            // And what a flood draws beside is nothing to what it sends.
            try Self.flood(node, { Asking.resolve(SampleNode.longItem, requestID: UInt32($0)) }, count: 4_000)
            let (received, sent) = (node.value(.bytesReceivedUDP), node.value(.bytesSentUDP))
            #expect(Double(sent) / Double(received) <= 1.5, "\(sent) bytes for \(received)")
        }

        @Test func R1WhatIsKeptBackIsNoQueryAndCountsWhenItIsAskedAgain() throws {
            let node = try Self.node { $0.rateLimit.packetBurst = 1_000_000 }
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: false)
            socket.setTimeout(seconds: 0, milliseconds: 200)
            // Seven fifths of what came is less than the answer, until the question has come often enough.
            var asked = 0
            var answer: [UInt8]?
            while answer == nil, asked < 20 {
                asked += 1
                answer = socket.ask(Asking.item(3))
            }
            try Asking.check(answer, item: 3)
            #expect(asked > 1 && node.value(.requestsLimitedByBytes) == UInt64(asked - 1))
            let total = try node.ledger.total()
            #expect(total.received(.external) == 1 && total.found(.external) == 1)
        }

        @Test func R1AllowedNetworksAndProbesAreNotLimited() throws {
            let node = try Self.node { settings in
                settings.rateLimit.allowed = [try NetworkPrefix(text: "127.3.0.0/16")]
                settings.origins = [OriginRule(network: try NetworkPrefix(text: "127.4.4.0/24"), origin: .probe)]
            }
            defer { node.stop() }
            for source in [0x7F03_0101, 0x7F04_0401] as [UInt32] {
                try Self.flood(node, { Asking.item($0) }, count: 800, from: source)
            }
            #expect(node.value(.answersSuccess) == 1_600)
            try Self.flood(node, { Asking.item($0) }, count: 800, from: 0x7F05_0501)
            #expect(node.value(.requestsLimitedByBytes) > 0)
        }

        @Test func R1ADryRunAnswersAllAndCountsWhatItWouldKeepBack() throws {
            let node = try Self.node { $0.rateLimit.mode = .dryRun }
            defer { node.stop() }
            try Self.flood(node, { Asking.item($0) }, count: 1_000)
            #expect(node.value(.answersSuccess) == 1_000)
            #expect(node.value(.requestsLimitedByPackets) + node.value(.requestsLimitedByBytes) == 0)
            #expect(node.value(.requestsOverBytesDryRun) > 500)
            #expect(!node.transport.limitedNetworks.isEmpty)
        }

        @Test func R1RequestsOfSeveralPacketsAreLimitedToo() throws {
            let node = try Self.node {
                $0.rateLimit.packetsPerSecond = 1; $0.rateLimit.packetBurst = 32
            }
            defer { node.stop() }
            let indexes = (1...300).map { UInt32($0) }
            let bytes = Asking.resolve(SampleNode.wideItem, requestID: 5, indexes: indexes)
            let envelope = try Envelope(wire: Array(bytes.prefix(Envelope.byteCount)))
            let packets = Packets.datagrams(of: Array(bytes.dropFirst(Envelope.byteCount)), envelope: envelope)
            try Self.flood(node, { packets[$0 % packets.count] }, count: packets.count * 40)
            #expect(node.value(.bytesSentUDP) * 10 <= node.value(.bytesReceivedUDP) * 14)
            #expect(node.value(.requestsLimitedByBytes) + node.value(.requestsLimitedByPackets) > 0)
        }

        @Test func e5TheLimitIsSettledWhileTheNodeRuns() throws {
            var settings = TransportSettings()
            let node = try SampleNode(settings)
            defer { node.stop() }
            try Self.flood(node, { Asking.item($0) }, count: 700)
            #expect(node.value(.answersSuccess) == 700)
            settings.listeners = node.transport.plans
            settings.rateLimit.allowed = []
            node.transport.settle(settings)
            let socket = try ClientSocket(node.address, isTCP: false)
            eventually("the limit holds") {
                socket.sendDatagram(Asking.item(1))
                return node.value(.requestsLimitedByBytes) > 0
            }
        }
    }
}
