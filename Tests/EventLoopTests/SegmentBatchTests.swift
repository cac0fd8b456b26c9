import AllocationCount
import Glibc
import Testing

@testable import EventLoop

struct SegmentBatchTests {
    /// A socket that receives, and one that is connected to it.
    private func pair(_ host: String = "127.0.0.1") throws -> (server: BlockingSocket, client: BlockingSocket) {
        let family = host.contains(":") ? AF_INET6 : AF_INET
        let server = BlockingSocket(.udp, family: family)
        #expect(try server.bind(to: .loopback(host)))
        let client = BlockingSocket(.udp, family: family)
        let address = try #require(server.address)
        #expect(client.connect(to: address))
        return (server, client)
    }

    private func send(_ datagrams: [[UInt8]], _ batch: inout SegmentBatch, _ descriptor: Int32) -> Int {
        // The bodies stay where they are until they have been sent.
        let bodies = datagrams.map { datagram in
            let body = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, datagram.count - 1), alignment: 1)
            body.copyBytes(from: datagram.dropFirst())
            return UnsafeRawBufferPointer(rebasing: body[..<max(0, datagram.count - 1)])
        }
        defer { for body in bodies { body.baseAddress?.deallocate() } }
        for (datagram, body) in zip(datagrams, bodies) {
            let isQueued = datagram.prefix(1).withUnsafeBytes { batch.queue(head: $0, body: body) }
            #expect(isQueued)
        }
        return batch.flush(descriptor)
    }

    private func received(_ count: Int, _ server: BlockingSocket) -> [[UInt8]] {
        (0..<count).compactMap { _ in server.receive()?.bytes }
    }

    @Test("Datagrams of equal and of other sizes arrive whole, each once", arguments: ["127.0.0.1", "::1"])
    func sizes(_ host: String) throws {
        let (server, client) = try pair(host)
        var batch = SegmentBatch()
        for counts in [[1], [80, 80, 80], [80, 3, 80, 80, 3, 500], Array(1...40), Array(repeating: 100, count: 64)] {
            let datagrams = counts.enumerated().map { [UInt8](repeating: UInt8($0.offset), count: $0.element) }
            let dropped = send(datagrams, &batch, client.descriptor)
            #expect(dropped == 0)
            let came = received(datagrams.count, server)
            #expect(
                came.sorted { ($0.count, $0[0]) < ($1.count, $1[0]) }
                    == datagrams.sorted { ($0.count, $0[0]) < ($1.count, $1[0]) }
            )
        }
    }

    @Test("A piece that would be too long for the kernel is several")
    func longPieces() throws {
        let (server, client) = try pair()
        var batch = SegmentBatch()
        let datagrams = (0..<40).map { [UInt8](repeating: UInt8($0), count: 4_000) }
        let dropped = send(datagrams, &batch, client.descriptor)
        #expect(dropped == 0)
        #expect(received(40, server) == datagrams)
    }

    @Test("Where the system does not cut, datagrams go one by one")
    func withoutCutting() throws {
        let (server, client) = try pair()
        var batch = SegmentBatch()
        // Without checksums the kernel does not cut.
        var isOn: Int32 = 1
        #expect(setsockopt(client.descriptor, SOL_SOCKET, SO_NO_CHECK, &isOn, socklen_t(MemoryLayout<Int32>.size)) == 0)
        let datagrams = [[1], [2, 2], [3, 3], [4, 4], [5, 5, 5]].map { [UInt8]($0) }
        for _ in 0..<2 {
            let dropped = send(datagrams, &batch, client.descriptor)
            #expect(dropped == 0)
            #expect(received(datagrams.count, server) == datagrams)
        }
        #expect(batch.lastError == EINVAL)
    }

    @Test("A full batch takes no more, and is empty once it was sent")
    func bounds() throws {
        let (server, client) = try pair()
        var batch = SegmentBatch()
        let body: StaticString = "x"
        let bytes = UnsafeRawBufferPointer(start: body.utf8Start, count: 1)
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        for _ in 0..<SegmentBatch.capacity {
            let isQueued = batch.queue(head: none, body: bytes)
            #expect(isQueued)
        }
        let tooMany = batch.queue(head: none, body: bytes)
        #expect(!tooMany)
        let dropped = batch.flush(client.descriptor)
        #expect(dropped == 0)
        #expect(received(SegmentBatch.capacity, server).count == SegmentBatch.capacity)
        let nothing = batch.flush(client.descriptor)
        #expect(nothing == 0)
    }

    @Test("Nobody there is told, and what was refused is tried once more")
    func refused() throws {
        var (server, client) = try pair()
        server = BlockingSocket(.udp)
        _ = server
        var batch = SegmentBatch()
        var errors: Set<Int32> = []
        for _ in 0..<20 {
            _ = send([[1, 2], [3, 4]], &batch, client.descriptor)
            errors.insert(batch.lastError)
        }
        #expect(errors.contains(ECONNREFUSED))
    }

    @Test("Nothing is allocated for a datagram", .enabled(if: allocations_are_counted() == 1))
    func allocations() throws {
        let (_, client) = try pair()
        var batch = SegmentBatch()
        let body: StaticString = "0123456789"
        let bytes = UnsafeRawBufferPointer(start: body.utf8Start, count: 10)
        func run() {
            for _ in 0..<100 {
                for _ in 0..<32 { _ = batch.queue(head: bytes, body: bytes) }
                _ = batch.flush(client.descriptor)
            }
        }
        run()
        let before = allocation_count_of_this_thread()
        run()
        let after = allocation_count_of_this_thread()
        #expect(after == before, "\(after - before) allocations in 100 batches of 32")
    }
}
