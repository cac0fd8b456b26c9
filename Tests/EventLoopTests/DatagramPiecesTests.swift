import AllocationCount
import Glibc
import Testing

@testable import EventLoop

/// Datagrams that leave together where they are for one asker.
struct DatagramPiecesTests {
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

    private func send(_ datagrams: [[UInt8]], _ batch: borrowing DatagramBatch, _ descriptor: Int32) -> Int {
        // The bodies stay where they are until they have been sent.
        let bodies = datagrams.map { datagram in
            let body = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, datagram.count - 1), alignment: 1)
            body.copyBytes(from: datagram.dropFirst())
            return UnsafeRawBufferPointer(rebasing: body[..<max(0, datagram.count - 1)])
        }
        defer { for body in bodies { body.baseAddress?.deallocate() } }
        for (datagram, body) in zip(datagrams, bodies) {
            let isQueued = datagram.prefix(1).withUnsafeBytes { batch.queue(head: $0, body: body, to: nil) }
            #expect(isQueued)
        }
        return batch.flush(descriptor).dropped
    }

    private static func sorted(_ datagrams: [[UInt8]]) -> [[UInt8]] {
        datagrams.sorted { ($0.count, $0.first ?? 0) < ($1.count, $1.first ?? 0) }
    }

    private func received(_ count: Int, _ server: BlockingSocket) -> [[UInt8]] {
        (0..<count).compactMap { _ in server.receive()?.bytes }
    }

    @Test("Datagrams of equal and of other sizes arrive whole, each once", arguments: ["127.0.0.1", "::1"])
    func sizes(_ host: String) throws {
        let (server, client) = try pair(host)
        let batch = DatagramBatch()
        for counts in [[1], [80, 80, 80], [80, 3, 80, 80, 3, 500], Array(1...40), Array(repeating: 100, count: 64)] {
            let datagrams = counts.enumerated().map { [UInt8](repeating: UInt8($0.offset), count: $0.element) }
            let dropped = send(datagrams, batch, client.descriptor)
            #expect(dropped == 0)
            #expect(Self.sorted(received(datagrams.count, server)) == Self.sorted(datagrams))
        }
    }

    @Test("A piece that would be too long for the kernel is several")
    func longPieces() throws {
        let (server, client) = try pair()
        let batch = DatagramBatch()
        let datagrams = (0..<40).map { [UInt8](repeating: UInt8($0), count: 4_000) }
        let dropped = send(datagrams, batch, client.descriptor)
        #expect(dropped == 0)
        #expect(received(40, server) == datagrams)
    }

    @Test("Where the system does not cut, datagrams go one by one")
    func withoutCutting() throws {
        let (server, client) = try pair()
        let batch = DatagramBatch()
        // Without checksums the kernel does not cut.
        var isOn: Int32 = 1
        #expect(setsockopt(client.descriptor, SOL_SOCKET, SO_NO_CHECK, &isOn, socklen_t(MemoryLayout<Int32>.size)) == 0)
        let datagrams = [[1], [2, 2], [3, 3], [4, 4], [5, 5, 5]].map { [UInt8]($0) }
        for _ in 0..<2 {
            let dropped = send(datagrams, batch, client.descriptor)
            #expect(dropped == 0)
            #expect(Self.sorted(received(datagrams.count, server)) == Self.sorted(datagrams))
        }
        let counters = batch.counters
        #expect(counters.lastSendError == EINVAL && counters.joinedCount == 0 && counters.sendFailureCount == 0)
    }

    @Test("Each asker gets its own answers, from the address it asked", arguments: ["0.0.0.0", "::"])
    func askers(_ wildcard: String) throws {
        let bound = try BoundSocket(.udp, on: .loopback(wildcard))
        let descriptor = try bound.takeDescriptor()
        defer { close(descriptor) }
        // One of them asks two addresses: its answers may not leave from one.
        let asked = wildcard == "::" ? ["::1", "::1", "::1"] : ["127.0.0.1", "127.0.0.2", "127.0.0.3"]
        let clients = (0..<3).map { _ in BlockingSocket(.udp, family: wildcard == "::" ? AF_INET6 : AF_INET) }
        var questions: [(client: Int, host: String)] = []
        for round in 0..<8 {
            for client in clients.indices {
                let host = asked[client == 0 ? round % asked.count : client]
                #expect(clients[client].send([1], to: try SocketAddress(text: host).withPort(bound.address.port)))
                questions.append((client, host))
            }
        }
        var batch = DatagramBatch()
        let count = batch.receive(descriptor)
        #expect(count == questions.count)
        let body: StaticString = "0123456789012345678901234567890123456789"
        for slot in 0..<count {
            let answer = UnsafeRawBufferPointer(start: body.utf8Start, count: slot % 5 + 3)
            let isQueued = [UInt8(slot)].withUnsafeBytes { batch.queue(head: $0, body: answer, toPeerOf: slot) }
            #expect(isQueued)
        }
        let result = batch.flush(descriptor)
        #expect(result == (count, 0))
        let joined = batch.counters.joinedCount
        #expect(joined > 0)
        for _ in 0..<8 {
            for client in clients.indices {
                let (bytes, from) = try #require(clients[client].receive())
                let slot = Int(bytes[0])
                #expect(questions[slot].client == client)
                #expect(bytes.count == slot % 5 + 4)
                #expect(from == (try SocketAddress(text: questions[slot].host).withPort(bound.address.port)))
            }
        }
    }

    @Test("Where each asker gets one datagram nothing is put together")
    func oneEach() throws {
        let bound = try BoundSocket(.udp, on: .loopback())
        let descriptor = try bound.takeDescriptor()
        defer { close(descriptor) }
        let clients = (0..<20).map { _ in BlockingSocket(.udp) }
        for client in clients { client.send([1], to: bound.address) }
        var batch = DatagramBatch()
        let count = batch.receive(descriptor)
        #expect(count == clients.count)
        for slot in 0..<count {
            let isQueued = [UInt8(slot)].withUnsafeBytes {
                batch.queue(head: $0, body: UnsafeRawBufferPointer(start: nil, count: 0), toPeerOf: slot)
            }
            #expect(isQueued)
        }
        let result = batch.flush(descriptor)
        #expect(result == (count, 0))
        let joined = batch.counters.joinedCount
        #expect(joined == 0)
        for (number, client) in clients.enumerated() { #expect(client.receive()?.bytes == [UInt8(number)]) }
    }

    @Test("An address that is refused is no word against pieces")
    func forgedAddress() throws {
        let (server, _) = try pair()
        let sender = BlockingSocket(.udp)
        let batch = DatagramBatch()
        let bytes: [UInt8] = [1, 2, 3]
        // Port 0, which anybody can forge: the system refuses it with what it says where it does not cut.
        let nowhere = try SocketAddress(text: "127.0.0.1")
        let target = try #require(server.address)
        bytes.withUnsafeBytes { body in
            for address in [nowhere, nowhere, target, target] {
                let isQueued = batch.queue(head: UnsafeRawBufferPointer(start: nil, count: 0), body: body, to: address)
                #expect(isQueued)
            }
            let result = batch.flush(sender.descriptor)
            #expect(result == (2, 2))
        }
        let counters = batch.counters
        #expect(counters.joinedCount == 2 && counters.piecesFromCount == 0)
        #expect(received(2, server) == [bytes, bytes])
    }

    @Test("A full batch takes no more, and is empty once it was sent")
    func bounds() throws {
        let (server, client) = try pair()
        let batch = DatagramBatch()
        let body: StaticString = "x"
        let bytes = UnsafeRawBufferPointer(start: body.utf8Start, count: 1)
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        for _ in 0..<DatagramBatch.queueCapacity {
            let isQueued = batch.queue(head: none, body: bytes, to: nil)
            #expect(isQueued)
        }
        let tooMany = batch.queue(head: none, body: bytes, to: nil)
        #expect(!tooMany)
        let dropped = batch.flush(client.descriptor).dropped
        #expect(dropped == 0)
        #expect(received(DatagramBatch.queueCapacity, server).count == DatagramBatch.queueCapacity)
        let nothing = batch.flush(client.descriptor).sent
        #expect(nothing == 0)
    }

    @Test("Nobody there is told, and what was refused is tried once more")
    func refused() throws {
        var (server, client) = try pair()
        server = BlockingSocket(.udp)
        _ = server
        let batch = DatagramBatch()
        var errors: Set<Int32> = []
        for _ in 0..<20 {
            _ = send([[1, 2], [3, 4]], batch, client.descriptor)
            errors.insert(batch.counters.lastSendError)
        }
        #expect(errors.contains(ECONNREFUSED))
    }

    @Test("Nothing is allocated for a datagram", .enabled(if: allocations_are_counted() == 1))
    func allocations() throws {
        let (_, client) = try pair()
        let batch = DatagramBatch()
        let body: StaticString = "0123456789"
        let bytes = UnsafeRawBufferPointer(start: body.utf8Start, count: 10)
        func run() {
            for _ in 0..<100 {
                for _ in 0..<32 { _ = batch.queue(head: bytes, body: bytes, to: nil) }
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
