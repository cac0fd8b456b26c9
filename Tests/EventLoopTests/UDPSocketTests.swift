import Glibc
import Testing

@testable import EventLoop

@Suite struct UDPSocketTests {
    /// A worker as `Transport` will have one: a struct in memory of its own, reached by pointer.
    private struct Worker: ~Copyable {
        /// In memory of its own, and taken into a local by those who use it: a span lent by what `self` stores would
        /// lock the whole of `self`.
        let batch: UnsafeMutablePointer<DatagramBatch>
        var socket: UDPSocket?
        var answerCount = 0
        var closedCount = 0

        init() {
            batch = .allocate(capacity: 1)
            batch.initialize(to: DatagramBatch())
        }

        deinit {
            batch.deinitialize(count: 1)
            batch.deallocate()
        }

        mutating func readable() {
            guard let socket else { return }
            let batch = batch
            while batch.pointee.receive(socket.descriptor) > 0 {
                for slot in 0..<batch.pointee.count {
                    let bytes = batch.pointee.datagram(at: slot)
                    let isQueued = bytes.withUnsafeBytes { body in
                        batch.pointee.queue(
                            head: UnsafeRawBufferPointer(start: nil, count: 0),
                            body: body,
                            toPeerOf: slot
                        )
                    }
                    if isQueued { answerCount += 1 }
                }
                batch.pointee.flush(socket.descriptor)
            }
        }
    }

    private static func start(
        _ loop: borrowing EventLoop,
        _ worker: UnsafeMutablePointer<Worker>
    ) throws(EventLoopError) -> SocketAddress {
        let bound = try BoundSocket(.udp, on: .loopback())
        worker.pointee.socket = try UDPSocket(
            on: loop,
            socket: bound,
            context: UnsafeMutableRawPointer(worker),
            readable: { $0.assumingMemoryBound(to: Worker.self).pointee.readable() },
            closed: { $0.assumingMemoryBound(to: Worker.self).pointee.closedCount += 1 }
        )
        return bound.address
    }

    @Test func echoesThroughTheLoopAndClosesOnce() throws {
        let loop = try EventLoop()
        let worker = UnsafeMutablePointer<Worker>.allocate(capacity: 1)
        worker.initialize(to: Worker())
        defer {
            worker.deinitialize(count: 1)
            worker.deallocate()
        }
        let address = try Self.start(loop, worker)
        let client = BlockingSocket(.udp)
        for index in 0..<100 { client.send([UInt8(index)], to: address) }
        while worker.pointee.answerCount < 100 { loop.runOnceWithoutWaiting() }
        let answers = (0..<100).compactMap { _ in client.receive()?.bytes }
        #expect(answers == (0..<100).map { [UInt8($0)] })
        worker.pointee.socket?.close()
        worker.pointee.socket?.close()
        client.send([1], to: address)
        runToEnd(loop)
        #expect(worker.pointee.closedCount == 1)
        #expect(worker.pointee.answerCount == 100, "a closed socket answered")
    }

    @Test func pendingErrorDoesNotEndTheWatch() throws {
        let loop = try EventLoop()
        let worker = UnsafeMutablePointer<Worker>.allocate(capacity: 1)
        worker.initialize(to: Worker())
        defer {
            worker.deinitialize(count: 1)
            worker.deallocate()
        }
        let address = try Self.start(loop, worker)
        let descriptor = try #require(worker.pointee.socket?.descriptor)
        // Connected to a port where nobody is, a datagram comes back as an error of the socket.
        let nobody = try BoundSocket(.udp, on: .loopback()).address
        #expect(nobody.withSystemAddress { connect(descriptor, $0, $1) } == 0)
        #expect(send(descriptor, [1], 1, 0) == 1)
        for _ in 0..<10 { loop.runOnceWithoutWaiting() }
        var anyone = sockaddr()
        anyone.sa_family = sa_family_t(AF_UNSPEC)
        #expect(connect(descriptor, &anyone, socklen_t(MemoryLayout<sockaddr>.size)) == 0)
        // Unconnecting unbinds a port that the system chose: ask for the address anew.
        #expect(
            address.withSystemAddress { bind(descriptor, $0, $1) } == 0
                || SocketAddress.local(of: descriptor) == address
        )
        let client = BlockingSocket(.udp)
        client.send([9], to: address)
        for _ in 0..<1_000 where worker.pointee.answerCount == 0 { loop.runOnceWithoutWaiting() }
        #expect(client.receive()?.bytes == [9])
        worker.pointee.socket?.close()
        runToEnd(loop)
    }
}
