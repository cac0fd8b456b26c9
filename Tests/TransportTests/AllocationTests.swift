import AllocationCount
import EventLoop
import Synchronization
import Testing
import Transport
import TransportSuite

extension TransportTests {
    /// Rule T7 on the transports: once warm, answering takes no heap memory.
    @Suite(.enabled(if: allocations_are_counted() == 1, "a sanitizer brings its own allocator")) struct AllocationTests
    {
        /// How often the worker's thread has asked for memory, as of its last look-up.
        private final class Count: Sendable {
            let ofWorker = Atomic<UInt64>(0)

            func note() { ofWorker.store(allocation_count_of_this_thread(), ordering: .relaxed) }
        }

        /// Checks that the worker allocates nothing per request: there are stretches without any allocation, and the
        /// few that the worker's timer makes twice a second are fewer than the rounds.
        private static func expectNoAllocation(exchange: (SampleNode) throws -> (Int) throws -> Void) throws {
            let count = Count()
            let node = try SampleNode(willLookUp: { count.note() })
            defer { node.stop() }
            let ask = try exchange(node)
            for round in 0..<20 { try ask(round) }
            var ofStretches: [UInt64] = []
            for _ in 0..<8 {
                let before = count.ofWorker.load(ordering: .relaxed)
                for round in 0..<12 { try ask(round) }
                ofStretches.append(count.ofWorker.load(ordering: .relaxed) - before)
            }
            #expect(ofStretches.min() == 0 && ofStretches.reduce(0, +) < 8 * 12, "\(ofStretches)")
        }

        @Test func datagramsAreAnsweredWithoutAllocating() throws {
            try Self.expectNoAllocation { node in
                let socket = try ClientSocket(node.address, isTCP: false)
                return { round in
                    for number in 0..<20 { socket.sendDatagram(Asking.item(round * 20 % 1_900 + number)) }
                    socket.sendDatagram(Asking.resolve(SampleNode.longItem, requestID: UInt32(round)))
                    for number in 0..<20 { try Asking.check(socket.receive(), item: round * 20 % 1_900 + number) }
                    for _ in 0..<21 { try require(socket.receive() != nil, "a packet is missing") }
                }
            }
        }

        @Test func pipelinedRequestsAreAnsweredWithoutAllocating() throws {
            try Self.expectNoAllocation { node in
                let socket = try ClientSocket(node.address, isTCP: true)
                let requests = Array((0..<300).map { Asking.item($0) }.joined())
                // The memory for the beginning of a request is taken once.
                socket.send(Array(requests[..<30]))
                eventually("a request has begun") { node.value(.bytesBuffered) == 30 }
                socket.send(Array(requests[30...]))
                for number in 0..<300 { try Asking.check(socket.receiveMessage(), item: number) }
                return { round in
                    // Sent in two, so that a read ends within a request.
                    let cut = requests.count / 2 + round % 80
                    try require(socket.send(Array(requests[..<cut])), "not taken")
                    try require(socket.send(Array(requests[cut...])), "not taken")
                    for number in 0..<300 { try Asking.check(socket.receiveMessage(), item: number) }
                }
            }
        }
    }
}
