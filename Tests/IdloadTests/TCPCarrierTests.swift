import EventLoop
import FakeServer
import Glibc
import ResolutionProtocol
import Testing

@testable import idload

/// Which connection a question takes.
struct TCPCarrierTests {
    /// The other ends of a carrier's connections, in the order in which they were made.
    private final class Ends {
        private let listener: Int32
        let address: SocketAddress
        private var accepted: [Int32] = []
        /// What came, by connection.
        private(set) var asked: [[UInt32]] = []

        init() throws {
            listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
            // Loopback, and a port that listen chooses.
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
            let (listener, memory) = (listener, UnsafeMutablePointer<sockaddr_in>.allocate(capacity: 1))
            defer { memory.deallocate() }
            memory.initialize(to: name)
            try memory.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                try #require(bind(listener, address, byteCount) == 0 && listen(listener, 16) == 0)
                try #require(getsockname(listener, address, &byteCount) == 0)
            }
            address = SocketAddress(ipv4: 0x7F00_0001, port: UInt16(bigEndian: memory.pointee.sin_port))
        }

        deinit { for descriptor in accepted + [listener] { close(descriptor) } }

        /// Takes `count` connections, which have been made.
        func accept(_ count: Int) {
            for _ in 0..<count {
                for _ in 0..<10_000 {
                    let descriptor = Glibc.accept(listener, nil, nil)
                    guard descriptor < 0 else {
                        accepted.append(descriptor)
                        break
                    }
                    usleep(1_000)
                }
            }
            asked = accepted.map { _ in [] }
            #expect(accepted.count == count)
        }

        /// Reads until so many questions have come in all.
        func read(_ count: Int) {
            for _ in 0..<10_000 where asked.joined().count < count {
                for place in accepted.indices {
                    var bytes = [UInt8](repeating: 0, count: 4_096)
                    let byteCount = recv(accepted[place], &bytes, bytes.count, Int32(MSG_DONTWAIT))
                    if byteCount > 0 { note(bytes[..<byteCount], place) }
                }
                usleep(1_000)
            }
        }

        /// Loopback gives a carrier's one write as a whole.
        private func note(_ bytes: ArraySlice<UInt8>, _ place: Int) {
            var rest = bytes
            while let message = try? Message(wire: Array(rest.prefix(TCPCarrierTests.wire.count))) {
                asked[place].append(message.envelope.requestID)
                rest = rest.dropFirst(TCPCarrierTests.wire.count)
            }
            #expect(rest.isEmpty)
        }

        func answer(_ id: UInt32, _ place: Int) throws {
            var request = question()
            request.envelope.requestID = id
            let answer = WriteSample.answer(to: request).wire
            #expect(Glibc.send(accepted[place], answer, answer.count, Int32(MSG_NOSIGNAL)) == answer.count)
        }
    }

    fileprivate static let wire = question().wire

    private func send(_ ids: ClosedRange<UInt32>, _ carrier: TCPCarrier) {
        Array(Self.wire.dropFirst(Envelope.byteCount)).withUnsafeBytes { message in
            let questions = ids.map { OutgoingQuestion(requestID: $0, message: message) }
            questions.withUnsafeBufferPointer { #expect(carrier.send($0) == 0) }
        }
    }

    @Test("L4: one at a time, a question takes a connection that awaits no answer")
    func oneAtATime() throws {
        let ends = try Ends()
        let carrier = try TCPCarrier(StreamPlan(target: ends.address), count: 8, isOneAtATime: true)
        ends.accept(8)
        send(1...3, carrier)
        send(4...8, carrier)
        ends.read(8)
        #expect(ends.asked == (1...8).map { [$0] })
        try ends.answer(5, 4)
        var answers = 0
        for _ in 0..<10_000 where answers == 0 {
            answers = carrier.receive { _, _ in }
            usleep(1_000)
        }
        #expect(answers == 1)
        // Only one is free: that which has been answered.
        send(9...9, carrier)
        ends.read(9)
        #expect(ends.asked[4] == [5, 9])
    }

    @Test("L4: otherwise a batch takes one connection, and the next batch the next")
    func batches() throws {
        let ends = try Ends()
        let carrier = try TCPCarrier(StreamPlan(target: ends.address), count: 3)
        ends.accept(3)
        send(1...3, carrier)
        send(4...8, carrier)
        ends.read(8)
        #expect(ends.asked == [[1, 2, 3], [4, 5, 6, 7, 8], []])
    }
}
