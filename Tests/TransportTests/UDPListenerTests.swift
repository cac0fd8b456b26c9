import EventLoop
import Glibc
import Resolution
import ResolutionProtocol
import Testing
import Transport
import TransportSuite

extension TransportTests {
    @Suite struct UDPListenerTests {
        private static let hasIPv6 = {
            let address = SocketAddress(ipv6High: 0, low: 1, port: 0)
            return (try? BoundSocket(.udp, on: address)) != nil
        }()

        private static func node(listening address: SocketAddress) throws -> SampleNode {
            var settings = TransportSettings()
            settings.listeners = [ListenerPlan(address: address)]
            return try SampleNode(settings)
        }

        @Test func answersOverIPv4() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: false)
            try Asking.check(socket.ask(Asking.item(5)), item: 5)
            #expect(node.value(.requestsUDP) == 1 && node.value(.answersSuccess) == 1)
        }

        @Test(.enabled(if: hasIPv6, "::1 is missing here")) func answersOverIPv6() throws {
            let node = try Self.node(listening: SocketAddress(ipv6High: 0, low: 1, port: 0))
            defer { node.stop() }
            for isTCP in [false, true] {
                let socket = try ClientSocket(node.address, isTCP: isTCP)
                try Asking.check(socket.ask(Asking.item(6)), item: 6)
            }
        }

        @Test func answersFromTheAddressAsked() throws {
            let node = try Self.node(listening: SocketAddress(ipv4: 0, port: 0))
            defer { node.stop() }
            let asked = SocketAddress(ipv4: 0x7F00_0002, port: node.address.port)
            let socket = ClientSocket(isTCP: false)
            socket.bind(to: SampleNode.loopback)
            for identifier in [SampleNode.item(1), SampleNode.longItem] {
                socket.sendDatagram(Asking.resolve(identifier, requestID: 9), to: asked)
                #expect(socket.receiveFrom()?.from == asked)
            }
        }

        @Test func batchesOfFiveHundredAreAllAnswered() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let sockets = try (0..<64).map { _ in try ClientSocket(node.address, isTCP: false) }
            for round in 0..<2 {
                let numbers = (0..<500).map { round * 500 + $0 }
                for number in numbers { sockets[number % 64].sendDatagram(Asking.item(number)) }
                var missing = Set(numbers)
                for number in numbers {
                    guard let answer = sockets[number % 64].receive() else { break }
                    let answered = Int(try Asking.requestID(of: answer)) - Int(Asking.id(of: 0))
                    #expect(answered % 64 == number % 64, "the answer went to another socket")
                    _ = try Asking.check(anItem: answer)
                    #expect(missing.remove(answered) != nil, "answered twice")
                }
                #expect(missing.isEmpty)
            }
            #expect(node.value(.datagramsSent) == 1_000)
        }

        @Test func longAnswersAreCutIntoPackets() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: false)
            socket.sendDatagram(Asking.resolve(SampleNode.longItem, requestID: 8))
            var joiner = PacketJoiner()
            var whole: [UInt8]?
            var numbers: [UInt32] = []
            while whole == nil, let packet = socket.receive() {
                #expect(packet.count <= Packets.datagramByteCountMax)
                let envelope = try Envelope(wire: Array(packet.prefix(Envelope.byteCount)))
                #expect(envelope.flags.contains(.truncated) && envelope.requestID == 8)
                numbers.append(envelope.sequenceNumber)
                let payload = Array(packet.dropFirst(Envelope.byteCount))
                let outcome = joiner.take(envelope: envelope, payload: payload.span.bytes, from: [1], nowNanoseconds: 1)
                if case .complete(let message) = outcome { whole = message }
            }
            #expect(numbers == Array(0..<UInt32(numbers.count)) && numbers.count > 20)
            try Asking.check(whole, gives: SampleNode.longValues, of: SampleNode.longItem, requestID: 8)
            try expectTCPGives(whole, for: Asking.resolve(SampleNode.longItem, requestID: 8), node)
        }

        /// The same bytes as over TCP, but for the second in which they were made.
        private func expectTCPGives(_ joined: [UInt8]?, for request: [UInt8], _ node: SampleNode) throws {
            let stream = try ClientSocket(node.address, isTCP: true)
            stream.send(request)
            let expiration = 36..<40
            var (a, b) = (try #require(joined), try #require(stream.receiveMessage()))
            a.replaceSubrange(expiration, with: [0, 0, 0, 0])
            b.replaceSubrange(expiration, with: [0, 0, 0, 0])
            #expect(a == b)
        }

        /// A request that takes several packets, as its list of indexes is long.
        private static func wideRequest(requestID: UInt32) throws -> (indexes: [UInt32], packets: [[UInt8]]) {
            let indexes = (1...300).map { UInt32($0) }
            let bytes = Asking.resolve(SampleNode.wideItem, requestID: requestID, indexes: indexes)
            let envelope = try Envelope(wire: Array(bytes.prefix(Envelope.byteCount)))
            return (indexes, Packets.datagrams(of: Array(bytes.dropFirst(Envelope.byteCount)), envelope: envelope))
        }

        private static func joinedAnswer(from socket: ClientSocket) throws -> [UInt8]? {
            var joiner = PacketJoiner()
            while let packet = socket.receive() {
                let envelope = try Envelope(wire: Array(packet.prefix(Envelope.byteCount)))
                let payload = Array(packet.dropFirst(Envelope.byteCount))
                let outcome = joiner.take(envelope: envelope, payload: payload.span.bytes, from: [1], nowNanoseconds: 1)
                if case .complete(let message) = outcome { return message }
            }
            return nil
        }

        @Test func p11RequestsOfSeveralPacketsReorderedAndDuplicated() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: false)
            var packets = try Self.wideRequest(requestID: 11).packets
            #expect(packets.count >= 3)
            packets.reverse()
            packets.insert(packets[0], at: 1)
            for packet in packets { socket.sendDatagram(packet) }
            let answer = try Self.joinedAnswer(from: socket)
            try Asking.check(answer, gives: SampleNode.wideValues, of: SampleNode.wideItem, requestID: 11)
            #expect(node.value(.packetsJoined) == 1 && node.value(.reassembliesOpen) == 0)
        }

        @Test func p11ContradictingAndMissingPackets() throws {
            var settings = TransportSettings()
            settings.reassemblyNanoseconds = 200_000_000
            settings.reassemblyPerSourceMax = 2
            let node = try SampleNode(settings)
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: false)
            let packets = try Self.wideRequest(requestID: 12).packets
            socket.sendDatagram(packets[0])
            eventually("one waits") { node.value(.reassembliesOpen) == 1 }
            var conflicting = packets[1]
            conflicting[19] ^= 1
            socket.sendDatagram(conflicting)
            eventually("told apart") { node.value(.packetsConflicting) == 1 }
            var beyond = packets[1]
            beyond[15] = 200
            socket.sendDatagram(beyond)
            eventually("out of its message") { node.value(.packetsMalformed) == 1 }
            for requestID in [13, 14] as [UInt32] {
                socket.sendDatagram(try Self.wideRequest(requestID: requestID).packets[0])
            }
            eventually("no more of one source") { node.value(.packetsOverLimit) == 1 }
            eventually("forgotten in time") { node.value(.reassembliesOpen) == 0 }
            for packet in packets { socket.sendDatagram(packet) }
            let answer = try Self.joinedAnswer(from: socket)
            try Asking.check(answer, gives: SampleNode.wideValues, of: SampleNode.wideItem, requestID: 12)
        }

        /// Sends what gets no answer, then a request, whose answer must be the first that comes.
        private func expectSilence(_ datagrams: [[UInt8]], from node: SampleNode) throws {
            let socket = try ClientSocket(node.address, isTCP: false)
            for datagram in datagrams { socket.sendDatagram(datagram) }
            try Asking.check(socket.ask(Asking.item(7)), item: 7)
        }

        @Test func p1DatagramsShorterThanAnEnvelopeGetNoReply() throws {
            let node = try SampleNode()
            defer { node.stop() }
            try expectSilence((0...19).map { Array(Asking.item(1).prefix($0)) }, from: node)
            #expect(node.value(.datagramsTooShort) == 20)
        }

        @Test func p2MessageLengthOtherThanTheBytesPresent() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: false)
            let right = Asking.item(1)
            for difference in [-Int(right.count - 20), -1, 1, 100] {
                var request = right
                let length = UInt32(request.count - 20 + difference)
                request.replaceSubrange(16..<20, with: length.wire)
                socket.sendDatagram(request)
                let answer = try #require(socket.receive())
                #expect(answer.count <= request.count)
                #expect(try Message(wire: answer).header.responseCode == .protocolError)
            }
        }

        @Test func p3MessageLengthsBeyondTheLimitAreDropped() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let lengths: [UInt32] = [0x7FFF_FFFF, 0xFFFF_FFFF, UInt32(Envelope.messageLengthMax) + 1]
            var datagrams: [[UInt8]] = []
            for length in lengths {
                var request = Asking.item(1)
                request.replaceSubrange(16..<20, with: length.wire)
                datagrams.append(request)
                request[2] |= Envelope.Flags.truncated.rawValue
                datagrams.append(request)
            }
            try expectSilence(datagrams, from: node)
            #expect(node.value(.messagesOverLimit) == 3)
            eventually("packets of such messages too") { node.value(.packetsMalformed) == 3 }
            #expect(node.value(.reassembliesOpen) == 0)
        }

        @Test func errorsAreNeverLargerThanTheRequest() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: false)
            var answered = 0
            for byteCount in 20...Asking.item(1).count {
                for place in [0, 1, 2, 3, 16, 18, 19, 20, 23, 27, 44, 47, 60] where place < byteCount {
                    var request = Array(Asking.item(1, requestID: 1).prefix(byteCount))
                    request[place] ^= 0x41
                    request[2] &= ~Envelope.Flags.truncated.rawValue
                    socket.sendDatagram(request)
                    // What is answered to the mark behind it comes last, as both are of one socket.
                    guard let answer = socket.ask(Asking.item(2)), answer.count >= 44 else { continue }
                    guard try Asking.requestID(of: answer) != Asking.id(of: 2) else { continue }
                    answered += 1
                    let isError = Array(answer[24..<28]) != [0, 0, 0, 1]
                    #expect(!isError || answer.count <= request.count, "\(request)")
                    try Asking.check(socket.receive(), item: 2)
                }
            }
            #expect(answered > 100)
        }

        @Test func datagramsLongerThanASlotAreCounted() throws {
            let node = try SampleNode()
            defer { node.stop() }
            try expectSilence([Asking.item(1) + [UInt8](repeating: 0, count: 2_048)], from: node)
            #expect(node.value(.datagramsTooLong) == 1)
        }

        @Test func responsesGetSilence() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: false)
            socket.sendDatagram(Asking.item(2))
            let answer = try #require(socket.receive())
            let refusal = try #require(socket.ask(Asking.operation(999, requestID: 3, bodyByteCount: 40)))
            try expectSilence([answer, refusal], from: node)
            #expect(node.value(.datagramsOfResponses) == 2)
        }

        @Test func twoWorkersAnswerAll() throws {
            var settings = TransportSettings()
            settings.workerCount = 2
            let node = try SampleNode(settings)
            defer { node.stop() }
            let sockets = try (0..<64).map { _ in try ClientSocket(node.address, isTCP: false) }
            for (number, socket) in sockets.enumerated() { socket.sendDatagram(Asking.item(number)) }
            for (number, socket) in sockets.enumerated() { try Asking.check(socket.receive(), item: number) }
            let byWorker = node.transport.workers.map { $0.metrics.value(.requestsUDP) }
            #expect(byWorker.reduce(0, +) == 64)
            // 64 sockets all on one side: a chance of 2⁻⁶³.
            #expect(byWorker.allSatisfy { $0 > 0 })
        }
    }
}
