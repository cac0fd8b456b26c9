import Console
import EventLoop
import FakeServer
import Glibc
import ResolutionClient
import Synchronization
import Testing
import TransportSuite

@testable import idload

/// Connections that are closed after so many questions.
struct ShortConnectionTests {
    private func plan(_ address: SocketAddress, connections: Int, perConnection: Int) -> LoadPlan {
        var plan = LoadPlan(target: address, carrier: .tcp, seed: 1)
        plan.loop = .closed(outstanding: 64, ratePerSecondMax: nil, seconds: 600, warmupSeconds: 0)
        plan.connections = connections
        plan.questionsPerConnection = perConnection
        plan.keys = .inOrder(isShuffled: false, stops: true)
        plan.timeoutNanoseconds = 60_000_000_000
        return plan
    }

    private func run(_ plan: LoadPlan, _ identifiers: [[UInt8]]) throws -> LoadResult {
        let questions = QuestionSet()
        for identifier in identifiers { questions.add(identifier) }
        return LoadEngine(plan: plan, questions: questions, carriers: try LoadEngine.open(plan)).run { _ in }
    }

    private let parts = (0..<10).map { Array("88.118.8/part-\($0)".utf8) }

    @Test(arguments: [(1, [Int](repeating: 1, count: 10)), (3, [3, 3, 3, 1]), (50, [10])])
    func L13_aConnectionTakesSoManyQuestions(_ perConnection: Int, _ expected: [Int]) throws {
        let counts = Mutex<[Int]>([])
        let server = try FakeServer(connection: { connection in
            let place = counts.withLock { counts in
                counts.append(0)
                return counts.count - 1
            }
            while let request = connection.readMessage() {
                counts.withLock { $0[place] += 1 }
                connection.write(answerWire(to: request))
            }
        })
        defer { server.stop() }
        // More would be under way than one connection takes: what it has no room for waits.
        let tally = try run(plan(server.address, connections: 1, perConnection: perConnection), parts).tally
        #expect(tally.right == 10)
        #expect(tally.unsent + tally.lost + tally.disconnected + tally.unconnected == 0)
        #expect(tally.connected == UInt64(expected.count))
        #expect(counts.withLock { $0 } == expected)
    }

    @Test(arguments: [1, 7])
    func L13_manyConnectionsAtATimeLoseNothing(_ perConnection: Int) throws {
        let node = try SampleNode()
        defer { node.stop() }
        let items = (0..<SampleNode.itemCount).map { SampleNode.item($0) }
        let tally = try run(plan(node.address, connections: 16, perConnection: perConnection), items).tally
        #expect(tally.right == UInt64(items.count))
        #expect(tally.unsent + tally.lost + tally.disconnected + tally.unconnected == 0)
        #expect(tally.connected >= UInt64(items.count / perConnection))
        #expect(tally.connected <= UInt64(items.count / perConnection + 16))
    }

    @Test func L13_aSecondRunOverTheSameCarrierCountsItsOwnConnections() throws {
        let node = try SampleNode()
        defer { node.stop() }
        let plan = plan(node.address, connections: 3, perConnection: 1)
        let carriers = try LoadEngine.open(plan)
        let questions = QuestionSet()
        for number in 0..<20 { questions.add(SampleNode.item(number)) }
        for _ in 1...2 {
            let tally = LoadEngine(plan: plan, questions: questions, carriers: carriers).run { _ in }.tally
            #expect(tally.right == 20)
            #expect(tally.connected == 20)
        }
    }

    @Test func L13_whereNoConnectionIsFreeNothingIsTaken() throws {
        let server = try FakeServer(connection: { connection in while connection.readMessage() != nil {} })
        defer { server.stop() }
        var plan = plan(server.address, connections: 2, perConnection: 1)
        plan.connections = 1
        plan.loop = .open(Schedule(.burst(5, everySeconds: 1), seconds: 0.5), catchesUp: true)
        plan.timeoutNanoseconds = 300_000_000
        let tally = try run(plan, parts).tally
        #expect(tally.sent == 5)
        #expect(tally.unsent == 4)
        #expect(tally.lost == 5)
    }

    @Test func L13_aSilentTargetsConnectionIsGivenUpAndMadeAnew() throws {
        let count = Mutex(0)
        let server = try FakeServer(connection: { connection in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            while let request = connection.readMessage() {
                if !isFirst { connection.write(answerWire(to: request)) }
            }
        })
        defer { server.stop() }
        var plan = plan(server.address, connections: 1, perConnection: 2)
        // The others are answered within it, however busy the machine.
        plan.timeoutNanoseconds = 3_000_000_000
        let tally = try run(plan, parts).tally
        #expect(tally.lost == 2)
        #expect(tally.right == 8)
        #expect(tally.connected == 5)
    }

    @Test func L13_socketsAreBoundToTheAddressesInTurn() throws {
        let server = try FakeServer(connection: { _ in })
        defer { server.stop() }
        let addresses = [SocketAddress(ipv4: 0x7F00_0002, port: 0), SocketAddress(ipv4: 0x7F00_0003, port: 0)]
        let turn = LocalAddresses(addresses)
        var seen: [String] = []
        for _ in 0..<4 {
            let socket = try ClientSocket.connecting(.tcp, to: server.address, from: turn.next())
            seen.append(Self.localHost(of: socket.descriptor))
        }
        #expect(seen.sorted() == ["127.0.0.2", "127.0.0.2", "127.0.0.3", "127.0.0.3"])
        #expect(LocalAddresses([]).next() == nil)
    }

    @Test func L13_aSystemWithoutPortsIsTold() throws {
        // Nobody has this address, as nobody has a port when all are taken: the system says the same of both.
        let stranger = SocketAddress(ipv4: 0xC000_0201, port: 0)
        let plan = StreamPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 9), sources: [stranger])
        let connection = TCPConnection(plan, memory: StreamLink.Memory())
        connection.attempt { () throws(AskFailure) in try connection.begin() }
        #expect(connection.counts == ConnectionCounts(failed: 1, withoutPort: 1))
        #expect(!connection.isDue(nowNanoseconds: SystemClock.monotonicNanoseconds()))
    }

    @Test func L4_whatThisMachineHasNoMoreOfIsNotTheTargets() {
        #expect(OwnLimits.areReached(.system(errno: EADDRNOTAVAIL)))
        #expect(OwnLimits.areReached(.system(errno: EMFILE)))
        #expect(!OwnLimits.areReached(.system(errno: EHOSTUNREACH)))
        #expect(!OwnLimits.areReached(.refused))
        let message = UserMessage.ownLimit(SocketAddress(ipv4: 1, port: 2), .system(errno: EADDRNOTAVAIL))
        #expect(message.code == "E-LOAD-048")
    }

    private static func localHost(of descriptor: Int32) -> String {
        var address = sockaddr_in()
        var byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { address in
            let general = UnsafeMutableRawPointer(address).assumingMemoryBound(to: sockaddr.self)
            _ = getsockname(descriptor, general, &byteCount)
        }
        return SocketAddress(ipv4: UInt32(bigEndian: address.sin_addr.s_addr), port: 0).host
    }
}
