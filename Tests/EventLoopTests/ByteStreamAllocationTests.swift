import AllocationCount
import EventLoop
import Glibc
import Testing

@Suite struct ByteStreamAllocationTests {
    /// A connection as `Transport` will have one: a struct in memory of its own, reached by pointer.
    private struct Echo {
        var stream: ByteStream
        let memory: UnsafeMutableRawPointer
        var byteCount = 0

        static let callbacks = StreamCallbacks(
            buffer: { context, byteCount in
                byteCount.pointee = 4_096
                return context.assumingMemoryBound(to: Echo.self).pointee.memory
            },
            received: { context, bytes, byteCount in
                let echo = context.assumingMemoryBound(to: Echo.self)
                let answer = UnsafeRawBufferPointer(start: bytes, count: byteCount)
                echo.pointee.byteCount += echo.pointee.stream.tryWrite(answer)
            },
            ended: { context, _ in context.assumingMemoryBound(to: Echo.self).pointee.stream.close() },
            written: { _, _ in },
            shutDown: { _, _ in },
            closed: { context in
                let echo = context.assumingMemoryBound(to: Echo.self)
                echo.pointee.memory.deallocate()
            }
        )
    }

    @Test(.enabled(if: allocations_are_counted() == 1)) func readAndTryWriteAllocateNothing() throws {
        let loop = try EventLoop()
        let socket = try BoundSocket(.tcp, on: .loopback())
        let echo = UnsafeMutablePointer<Echo>.allocate(capacity: 1)
        defer { echo.deallocate() }
        var acceptedCount = 0
        let listener = try StreamListener(
            on: loop,
            socket: socket,
            accepted: { stream in
                echo.initialize(to: Echo(stream: stream, memory: .allocate(byteCount: 4_096, alignment: 16)))
                stream.start(context: UnsafeMutableRawPointer(echo), callbacks: Echo.callbacks)
                stream.startReading()
                acceptedCount += 1
            },
            failed: { Issue.record("\($0)") }
        )
        var client: BlockingSocket? = BlockingSocket(.tcp)
        let descriptor = try #require(client?.descriptor)
        #expect(client?.connect(to: socket.address) == true)
        for _ in 0..<1_000 where acceptedCount == 0 { loop.runOnceWithoutWaiting() }
        try #require(acceptedCount == 1)

        var bytes = [UInt8](repeating: 7, count: 300)
        func ask(_ count: Int) {
            for _ in 0..<count {
                _ = send(descriptor, bytes, bytes.count, 0)
                loop.runOnceWithoutWaiting()
                _ = recv(descriptor, &bytes, bytes.count, Int32(MSG_WAITALL))
            }
        }
        ask(10)
        let before = allocation_count_of_this_thread()
        ask(1_000)
        let after = allocation_count_of_this_thread()
        #expect(after == before, "\(after - before) allocations in 1,000 answers")
        #expect(echo.pointee.byteCount == 1_010 * 300)
        client = nil
        listener.close()
        runToEnd(loop)
    }
}
