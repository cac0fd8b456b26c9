import EventLoop
import Glibc
import ResolutionProtocol
import Synchronization
import Testing
import Transport
import TransportSuite

extension TransportTests {
    @Suite struct NodeTransportTests {
        /// What clients saw of a drain.
        private final class Tally: Sendable {
            let answered = Atomic<Int>(0)
            let isOver = Atomic<Bool>(false)
        }

        /// Asks until the node is gone, eight requests at a time; every answer that comes must be right.
        private static func load(_ address: SocketAddress, number: Int, _ tally: Tally) throws {
            let isTCP = number % 2 == 0
            while !tally.isOver.load(ordering: .relaxed) {
                guard let socket = try? ClientSocket(address, isTCP: isTCP) else { return }
                socket.setTimeout(seconds: 0, milliseconds: 200)
                while !tally.isOver.load(ordering: .relaxed), try exchange(on: socket, isTCP: isTCP) {
                    tally.answered.wrappingAdd(8, ordering: .relaxed)
                }
            }
        }

        private static func exchange(on socket: ClientSocket, isTCP: Bool) throws -> Bool {
            for item in 0..<8 {
                guard isTCP ? socket.send(Asking.item(item)) : socket.sendDatagram(Asking.item(item)) else {
                    return false
                }
            }
            var missing = Set(0..<8)
            for _ in 0..<8 {
                // In any order: while one worker drains, the other gets part of a socket's datagrams.
                guard let answer = socket.receiveAnswer() else { return false }
                missing.remove(try Asking.check(anItem: answer))
            }
            try require(missing.isEmpty, "answers twice, or to others")
            return true
        }

        @Test func e7DrainUnderLoadAnswersWhatWasReceived() throws {
            for round in 0..<20 {
                var settings = TransportSettings()
                settings.workerCount = 2
                let node = try SampleNode(settings)
                let tally = Tally()
                let address = node.address
                let clients = try (0..<4).map { number in
                    try NamedThread(name: "client-\(number)") {
                        do { try Self.load(address, number: number, tally) } catch { Issue.record("\(error)") }
                    }
                }
                eventually("load is on") { tally.answered.load(ordering: .relaxed) > 200 }
                // Asked and received before the drain begins; read only after it.
                let waiting = try Self.askWithoutReading(node, round: round)
                let started = SystemClock.monotonicNanoseconds()
                node.stop(withinNanoseconds: 5_000_000_000)
                let elapsed = SystemClock.monotonicNanoseconds() - started
                #expect(elapsed < 6_000_000_000, "the limit holds")
                tally.isOver.store(true, ordering: .relaxed)
                try Self.expectAnswers(waiting)
                for client in clients { client.join() }
                #expect(node.value(.connectionsOpen) == 0 && node.value(.bytesBuffered) == 0)
                #expect((try? ClientSocket(address, isTCP: true)) == nil, "a listener was left open")
            }
        }

        /// Requests that lie in the node's sockets: on datagrams, on a new connection, and on one that was idle before.
        private static func askWithoutReading(_ node: SampleNode, round: Int) throws -> [(ClientSocket, isTCP: Bool)] {
            let idle = try ClientSocket(node.address, isTCP: true)
            try Asking.check(idle.ask(Asking.item(1)), item: 1)
            let new = try ClientSocket(node.address, isTCP: true)
            let datagrams = try ClientSocket(node.address, isTCP: false)
            let requests = (0..<100).map { Asking.item($0 + round) }
            for request in requests { datagrams.sendDatagram(request) }
            new.send(Array(requests.joined()))
            idle.send(Array(requests.joined()))
            return [(idle, true), (new, true), (datagrams, false)]
        }

        private static func expectAnswers(_ waiting: [(ClientSocket, isTCP: Bool)]) throws {
            for (socket, isTCP) in waiting {
                var count = 0
                while count < 100, let answer = socket.receiveAnswer() {
                    _ = try Asking.check(anItem: answer)
                    count += 1
                }
                #expect(count == 100, isTCP ? "requests on a connection" : "datagrams")
                if isTCP { #expect(socket.receive() == [], "ended in order") }
            }
        }

        /// Holds the worker until opened.
        private final class Gate: Sendable {
            let isClosed = Atomic<Bool>(false)

            func pass() {
                while isClosed.load(ordering: .acquiring) { usleep(1_000) }
            }
        }

        @Test func e7DrainAnswersWhatLiesInTheKernel() throws {
            let gate = Gate()
            let node = try SampleNode(willLookUp: { gate.pass() })
            let idle = try ClientSocket(node.address, isTCP: true)
            try Asking.check(idle.ask(Asking.item(1)), item: 1)
            gate.isClosed.store(true, ordering: .releasing)
            let datagrams = try ClientSocket(node.address, isTCP: false, receiveBufferByteCount: 4 << 20)
            // The first one holds the worker; more than one wake-up's worth, and more than one read's, waits behind it.
            for number in 0..<600 { datagrams.sendDatagram(Asking.item(number)) }
            let new = try (0..<100).map { number in
                let socket = try ClientSocket(node.address, isTCP: true)
                socket.send(Asking.item(number))
                return socket
            }
            idle.send(Array((0..<1_500).map { Asking.item($0) }.joined()))
            try onThreads(2) { number in
                if number == 0 { return node.stop(withinNanoseconds: 5_000_000_000) }
                usleep(20_000)
                gate.isClosed.store(false, ordering: .releasing)
            }
            for _ in 0..<600 { _ = try Asking.check(anItem: try #require(datagrams.receive())) }
            for (number, socket) in new.enumerated() {
                try Asking.check(socket.receiveMessage(), item: number)
                #expect(socket.receive() == [])
            }
            for number in 0..<1_500 { try Asking.check(idle.receiveMessage(), item: number) }
            #expect(idle.receive() == [])
        }

        @Test func e7DrainEndsAtItsLimitWhenAPeerNeverReads() throws {
            let node = try SampleNode()
            let socket = try ClientSocket(node.address, isTCP: true, receiveBufferByteCount: 16_384)
            for number in 0..<40 { socket.send(Asking.resolve(SampleNode.hugeItem, requestID: UInt32(number))) }
            eventually("answers wait") { node.value(.bytesBuffered) > 0 }
            let started = SystemClock.monotonicNanoseconds()
            node.stop(withinNanoseconds: 300_000_000)
            #expect(SystemClock.monotonicNanoseconds() - started < 3_000_000_000)
            #expect(node.value(.connectionsClosedByDrain) == 1 && node.value(.bytesBuffered) == 0)
        }

        @Test func e7DrainTakesTheRestOfAMessageThatHasBegun() throws {
            let node = try SampleNode()
            let socket = try ClientSocket(node.address, isTCP: true)
            socket.send(Array(Asking.item(5).prefix(30)))
            eventually("it has begun") { node.value(.bytesBuffered) == 30 }
            try onThreads(2) { number in
                if number == 0 { return node.stop() }
                // The node does not listen any more, and still reads.
                eventually("draining") { (try? ClientSocket(node.address, isTCP: true)) == nil }
                socket.send(Array(Asking.item(5).dropFirst(30)))
                try Asking.check(socket.receiveMessage(), item: 5)
                #expect(socket.receive() == [])
            }
        }

        @Test(arguments: [SocketKind.udp, .tcp])
        func e4APortInUseIsAnErrorThatNamesAddressAndProcess(kind: SocketKind) throws {
            let holder = try SampleNode()
            defer { holder.stop() }
            var settings = TransportSettings()
            settings.listeners = [
                ListenerPlan(address: holder.address, isUDP: kind == .udp, isTCP: kind == .tcp)
            ]
            let error = try #require(throws: EventLoopError.self) { try OpenListeners(settings: settings) }
            guard case .addressInUse(let address, let foundKind, let process) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(address == holder.address && foundKind == kind && process?.processID == getpid())
            #expect("\(error)".contains("\(holder.address)") && "\(error)".contains("\(getpid())"))
            // The node that holds it is not disturbed.
            let socket = try ClientSocket(holder.address, isTCP: false)
            try Asking.check(socket.ask(Asking.item(1)), item: 1)
        }

        @Test func startingAndStoppingLeavesNoDescriptor() throws {
            func cycle() throws {
                var settings = TransportSettings()
                settings.workerCount = 2
                let node = try SampleNode(settings)
                let socket = try ClientSocket(node.address, isTCP: true)
                try Asking.check(socket.ask(Asking.item(1)), item: 1)
                _ = consume socket
                node.stop()
            }
            try cycle()
            let before = openDescriptorCount()
            for _ in 0..<50 { try cycle() }
            #expect(openDescriptorCount() <= before)
        }

        @Test func portZeroIsOneFreePortForAllWorkersAndBothTransports() throws {
            var settings = TransportSettings()
            settings.workerCount = 3
            let node = try SampleNode(settings)
            defer { node.stop() }
            #expect(node.address.port != 0 && node.transport.workers.count == 3)
            for isTCP in [false, true] {
                let socket = try ClientSocket(node.address, isTCP: isTCP)
                try Asking.check(socket.ask(Asking.item(6)), item: 6)
            }
        }
    }
}
