import EventLoop
import Glibc
import ResolutionProtocol
import TransportSuite

/// Keeps a number of requests in flight, sends them together and takes the answers together.
struct BenchClient {
    private let sockets: [ClientSocket]
    private let isTCP: Bool
    private let inFlight: Int
    /// Kept for ever: batches send them from where they lie.
    private let requests: [UnsafeRawBufferPointer]

    init(_ address: SocketAddress, isTCP: Bool, inFlight: Int) throws {
        self.isTCP = isTCP
        self.inFlight = inFlight
        sockets = try (0..<(isTCP ? 1 : 16)).map { _ in try ClientSocket(address, isTCP: isTCP) }
        requests = (0..<1_024).map { number in
            let request = Asking.item(number)
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: request.count, alignment: 8)
            copy.copyBytes(from: request)
            return UnsafeRawBufferPointer(copy)
        }
    }

    /// Asks `count` times and returns how many answers came.
    func run(_ count: Int) throws -> Int {
        isTCP ? try runStream(count) : runDatagrams(count)
    }

    private func runStream(_ count: Int) throws -> Int {
        let block = Array((0..<inFlight).flatMap { requests[$0 % requests.count] })
        let answerByteCount = try answerByteCount(of: inFlight)
        var answered = 0
        while answered < count {
            guard sockets[0].send(block), sockets[0].receiveExactly(answerByteCount) != nil else { break }
            answered += inFlight
        }
        return answered
    }

    private func answerByteCount(of count: Int) throws -> Int {
        try (0..<count).reduce(0) { sum, number in
            guard let answer = sockets[0].ask(Array(requests[number % requests.count])) else {
                throw SuiteFailure("no answer")
            }
            return sum + answer.count
        }
    }

    private func runDatagrams(_ count: Int) -> Int {
        let batches = sockets.map { _ in DatagramBatch.Holder() }
        var answered = 0
        var next = 0
        while answered < count {
            var sent = 0
            for (socket, batch) in zip(sockets, batches) where sent < inFlight {
                let part = min(inFlight - sent, max(1, inFlight / sockets.count))
                batch.send(part, of: requests, from: next, socket.descriptor)
                sent += part
                next &+= part
            }
            var received = 0
            for (socket, batch) in zip(sockets, batches) where received < sent {
                received += batch.receive(min(sent - received, max(1, inFlight / sockets.count)), socket.descriptor)
            }
            guard received == sent else { break }
            answered += received
        }
        return answered
    }
}

extension DatagramBatch {
    /// Keeps a batch where an array can hold it.
    final class Holder {
        private var batch = DatagramBatch()

        func send(_ count: Int, of requests: [UnsafeRawBufferPointer], from start: Int, _ descriptor: Int32) {
            for number in 0..<count {
                let request = requests[(start &+ number) % requests.count]
                _ = batch.queue(head: UnsafeRawBufferPointer(start: nil, count: 0), body: request, to: nil)
            }
            batch.flush(descriptor)
        }

        /// Receives that many; fewer where nothing comes for a second.
        func receive(_ count: Int, _ descriptor: Int32) -> Int {
            var received = 0
            while received < count {
                let part = batch.receive(descriptor)
                received += part
                guard part == 0 else { continue }
                var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&wanted, 1, 1_000) > 0 else { break }
            }
            return received
        }
    }
}
