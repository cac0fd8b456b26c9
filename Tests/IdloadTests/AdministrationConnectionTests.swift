import EventLoop
import FakeServer
import Glibc
import ResolutionProtocol
import Testing

@testable import idload

/// One connection of a run that writes, without a session.
struct AdministrationConnectionTests {
    private static let second: UInt64 = 1_000_000_000

    /// A connection to `server`, open.
    private static func connection(to server: FakeServer, openCountMax: Int = 4) throws -> AdministrationConnection {
        let stream = TCPConnection(StreamPlan(target: server.address), memory: StreamLink.Memory())
        let connection = AdministrationConnection(
            stream,
            key: nil,
            timeoutNanoseconds: second,
            openCountMax: openCountMax
        )
        for _ in 0..<10_000 where !connection.isOpen {
            _ = connection.work(nowNanoseconds: second) { _, _, _ in }
            usleep(1_000)
        }
        #expect(connection.isOpen)
        return connection
    }

    private static func request(_ id: UInt32) -> Message {
        var request = WriteBook(WriteSample.plan, seed: 1).request(0)
        request.envelope.requestID = id
        return request
    }

    @Test("L13: a target that answers nothing has no room after a bound, and after the timeout is connected to anew")
    func aBound() throws {
        let server = try FakeServer(connection: { connection in while connection.readMessage() != nil {} })
        defer { server.stop() }
        let connection = try Self.connection(to: server)
        for id in 1...4 {
            #expect(connection.hasRoom)
            connection.ask(Self.request(UInt32(id)))
        }
        #expect(!connection.hasRoom)
        _ = connection.work(nowNanoseconds: 2 * Self.second) { _, _, _ in }
        _ = connection.work(nowNanoseconds: 3 * Self.second - 1) { _, _, _ in }
        #expect(connection.isOpen && !connection.hasRoom)
        _ = connection.work(nowNanoseconds: 3 * Self.second) { _, _, _ in }
        #expect(!connection.isOpen && connection.counts.ended == 1)
        for _ in 0..<10_000 where !connection.isOpen {
            _ = connection.work(nowNanoseconds: SystemClock.monotonicNanoseconds()) { _, _, _ in }
            usleep(1_000)
        }
        // What was under way is forgotten with the connection.
        #expect(connection.hasRoom && connection.counts.made == 2)
        connection.end()
    }

    @Test("L13: an answer that comes twice, and one to nothing, are handed on for their columns")
    func answersThatNobodyWaitsFor() throws {
        let server = try FakeServer(connection: { connection in
            while let wire = connection.readMessage() {
                guard var request = try? Message(wire: wire) else { return }
                let answer = WriteSample.answer(to: request).wire
                request.envelope.requestID += 100
                connection.write(answer + answer + WriteSample.answer(to: request).wire)
            }
        })
        defer { server.stop() }
        let connection = try Self.connection(to: server)
        connection.ask(Self.request(7))
        var arrivals: [(id: UInt32, isBelieved: Bool)] = []
        for _ in 0..<10_000 where arrivals.count < 3 {
            _ = connection.work(nowNanoseconds: Self.second) { arrival, _, _ in
                arrivals.append((arrival.requestID, arrival.answer != nil))
            }
            usleep(1_000)
        }
        #expect(arrivals.map(\.id) == [7, 7, 107])
        #expect(arrivals.map(\.isBelieved) == [true, false, false])
        #expect(connection.isOpen)
        connection.end()
    }
}
