import AllocationCount
import Glibc
import Testing

@testable import EventLoop

@Suite struct DatagramBatchTests {
    /// A bound socket's descriptor, closed with this object.
    private final class Server {
        let address: SocketAddress
        let descriptor: Int32

        init(_ host: String) throws {
            let socket = try BoundSocket(.udp, on: .loopback(host))
            address = socket.address
            descriptor = try socket.takeDescriptor()
        }

        deinit { close(descriptor) }
    }

    /// Queues a datagram whose body stays where it is until `flush`.
    private static func queue(
        _ batch: borrowing DatagramBatch,
        head: [UInt8] = [],
        body: StaticString,
        toPeerOf slot: Int
    ) -> Bool {
        let body = UnsafeRawBufferPointer(start: body.utf8Start, count: body.utf8CodeUnitCount)
        return head.withUnsafeBytes { batch.queue(head: $0, body: body, toPeerOf: slot) }
    }

    @Test(arguments: ["127.0.0.1", "::1"])
    func receivesManyInBatches(host: String) throws {
        let server = try Server(host)
        let client = BlockingSocket(.udp, family: server.address.family)
        let sent = (0..<70).map { [UInt8](repeating: UInt8($0), count: $0) }
        for datagram in sent { #expect(client.send(datagram, to: server.address)) }
        var batch = DatagramBatch()
        var received: [[UInt8]] = []
        var counts: [Int] = []
        while batch.receive(server.descriptor) > 0 {
            counts.append(batch.count)
            for slot in 0..<batch.count {
                let bytes = batch.datagram(at: slot).withUnsafeBytes { Array($0) }
                let offset = batch.offset(of: slot)
                let same = batch.block.withUnsafeBytes { Array($0[offset..<(offset + bytes.count)]) }
                #expect(same == bytes)
                received.append(bytes)
                let peer = batch.peer(of: slot)
                #expect(peer?.port == client.address?.port && peer?.isLoopback == true)
            }
        }
        #expect(counts == [32, 32, 6])
        #expect(received == sent)
        let counters = batch.counters
        #expect(counters.receivedCount == 70 && counters.receiveFailureCount == 0)
    }

    @Test func longDatagramIsCutAndMarked() throws {
        let server = try Server("127.0.0.1")
        let client = BlockingSocket(.udp)
        for count in [2_047, 2_048, 2_049, 60_000, 1] {
            client.send([UInt8](repeating: 7, count: count), to: server.address)
        }
        var batch = DatagramBatch()
        let received1 = batch.receive(server.descriptor)
        #expect(received1 == 5)
        let counts = (0..<5).map { batch.byteCount(of: $0) }
        let marks = (0..<5).map { batch.wasTruncated($0) }
        #expect(counts == [2_047, 2_048, 2_048, 2_048, 1])
        #expect(marks == [false, false, true, true, false])
        // The marks of one receive do not last into the next.
        for _ in 0..<5 { client.send([1, 2], to: server.address) }
        let received2 = batch.receive(server.descriptor)
        #expect(received2 == 5)
        let later = (0..<5).contains { batch.wasTruncated($0) || batch.byteCount(of: $0) != 2 }
        #expect(!later)
    }

    @Test(arguments: [("0.0.0.0", "127.0.0.2"), ("0.0.0.0", "127.9.8.7"), ("::", "::1"), ("127.0.0.3", "127.0.0.3")])
    func answerComesFromTheAddressAsked(bound: String, asked: String) throws {
        let server = try Server(bound)
        let target = try SocketAddress.loopback(asked).withPort(server.address.port)
        let client = BlockingSocket(.udp, family: target.family)
        client.send([1], to: target)
        var batch = DatagramBatch()
        let received3 = batch.receive(server.descriptor)
        #expect(received3 == 1)
        let told = batch.askedAddress(of: 0)
        #expect(try told == (server.address.isWildcard ? SocketAddress.loopback(asked) : nil))
        let isQueued9 = Self.queue(batch, body: "answer", toPeerOf: 0)
        #expect(isQueued9)
        let result = batch.flush(server.descriptor)
        #expect(result == (1, 0))
        let answer = try #require(client.receive())
        #expect(answer.bytes == Array("answer".utf8))
        #expect(answer.from == target)
    }

    @Test func headAndBodyMakeOneDatagram() throws {
        let server = try Server("127.0.0.1")
        let client = BlockingSocket(.udp)
        client.send([1], to: server.address)
        var batch = DatagramBatch()
        let received4 = batch.receive(server.descriptor)
        #expect(received4 == 1)
        let head = [UInt8](0..<UInt8(DatagramBatch.headByteCountMax))
        let isQueued10 = Self.queue(batch, head: head, body: "tail", toPeerOf: 0)
        #expect(isQueued10)
        let isQueued11 = Self.queue(batch, head: [9], body: "", toPeerOf: 0)
        #expect(isQueued11)
        let isQueued12 = Self.queue(batch, body: "", toPeerOf: 0)
        #expect(isQueued12)
        batch.flush(server.descriptor)
        #expect(client.receive()?.bytes == head + Array("tail".utf8))
        #expect(client.receive()?.bytes == [9])
        #expect(client.receive()?.bytes == [])
    }

    @Test func queueIsBoundedAndFlushSendsAllOfIt() throws {
        let server = try Server("127.0.0.1")
        let client = BlockingSocket(.udp)
        client.send([1], to: server.address)
        var batch = DatagramBatch()
        let received5 = batch.receive(server.descriptor)
        #expect(received5 == 1)
        for index in 0..<DatagramBatch.queueCapacity {
            let isFull = batch.needsFlush
            #expect(!isFull)
            let isQueued13 = Self.queue(batch, head: [UInt8(index)], body: "x", toPeerOf: 0)
            #expect(isQueued13)
        }
        let isFull = batch.needsFlush
        #expect(isFull)
        let isQueued14 = Self.queue(batch, body: "too many", toPeerOf: 0)
        #expect(!isQueued14)
        let result = batch.flush(server.descriptor)
        #expect(result == (128, 0))
        let heads = (0..<128).compactMap { _ in client.receive()?.bytes.first }
        #expect(heads == (0..<128).map { UInt8($0) })
        let again = batch.flush(server.descriptor)
        #expect(again == (0, 0), "the queue was not emptied")
    }

    @Test func oneRefusedDatagramDoesNotHoldUpTheOthers() throws {
        let server = try Server("127.0.0.1")
        let client = BlockingSocket(.udp)
        client.send([1], to: server.address)
        var batch = DatagramBatch()
        let received6 = batch.receive(server.descriptor)
        #expect(received6 == 1)
        let tooLong = UnsafeMutableRawBufferPointer.allocate(byteCount: 70_000, alignment: 1)
        tooLong.initializeMemory(as: UInt8.self, repeating: 0)
        defer { tooLong.deallocate() }
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        let isQueued15 = Self.queue(batch, body: "first", toPeerOf: 0)
        #expect(isQueued15)
        let isQueued = batch.queue(head: nothing, body: UnsafeRawBufferPointer(tooLong), toPeerOf: 0)
        #expect(isQueued)
        let isQueued16 = Self.queue(batch, body: "third", toPeerOf: 0)
        #expect(isQueued16)
        let result = batch.flush(server.descriptor)
        #expect(result == (2, 1))
        #expect(client.receive()?.bytes == Array("first".utf8))
        #expect(client.receive()?.bytes == Array("third".utf8))
        let counters = batch.counters
        #expect(counters.sentCount == 2 && counters.sendFailureCount == 1 && counters.sendOverflowCount == 0)
    }

    @Test func sendsToAnyAddress() throws {
        let client = BlockingSocket(.udp)
        try client.bind(to: .loopback())
        let server = try Server("127.0.0.1")
        let batch = DatagramBatch()
        let body: [UInt8] = [1, 2, 3]
        let target = try #require(client.address)
        let result = body.withUnsafeBytes { body in
            let isQueued = batch.queue(head: UnsafeRawBufferPointer(start: nil, count: 0), body: body, to: target)
            #expect(isQueued)
            return batch.flush(server.descriptor)
        }
        #expect(result == (1, 0))
        let got = client.receive()
        #expect(got?.bytes == body && got?.from == server.address)
    }

    @Test func fullSocketDropsTheRestAndCounts() throws {
        // A stream of datagrams between Unix sockets is the one kind whose sender finds its buffer full on demand.
        var pair: [Int32] = [-1, -1]
        #expect(socketpair(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0, &pair) == 0)
        defer { for descriptor in pair { close(descriptor) } }
        let batch = DatagramBatch()
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        var sent = 0
        var dropped = 0
        for _ in 0..<64 where dropped == 0 {
            while batch.queue(head: nothing, body: nothing, to: nil) {}
            let result = batch.flush(pair[0])
            sent += result.sent
            dropped += result.dropped
        }
        #expect(dropped > 0)
        let counters = batch.counters
        #expect(counters.sendOverflowCount == UInt64(dropped) && counters.sendFailureCount == 0)
        #expect(counters.sentCount == UInt64(sent))
    }

    @Test func kernelDropsAreTold() throws {
        let server = try Server("127.0.0.1")
        var small: Int32 = 4_096
        setsockopt(server.descriptor, SOL_SOCKET, SO_RCVBUF, &small, socklen_t(MemoryLayout<Int32>.size))
        let client = BlockingSocket(.udp)
        var batch = DatagramBatch()
        var received = 0
        for _ in 0..<200 { client.send([UInt8](repeating: 0, count: 1_000), to: server.address) }
        while batch.receive(server.descriptor) > 0 { received += batch.count }
        #expect(received < 200, "the small buffer dropped some")
        // The count comes with the first datagram that was queued after a drop.
        client.send([1], to: server.address)
        let received7 = batch.receive(server.descriptor)
        #expect(received7 == 1)
        let counters = batch.counters
        #expect(counters.kernelDroppedCount == UInt64(200 - received))
    }

    @Test func kernelDropCountGoesOnBeyond32Bits() {
        var counters = DatagramCounters()
        counters.noteKernelDropped(0xFFFF_FFF0)
        counters.noteKernelDropped(0xFFFF_FFF0)
        counters.noteKernelDropped(0x10)
        #expect(counters.kernelDroppedCount == 0x1_0000_0010)
    }

    @Test func refusedReceiveIsCountedNotRepeatedForEver() {
        var batch = DatagramBatch()
        let received8 = batch.receive(-1)
        #expect(received8 == 0)
        let counters = batch.counters
        #expect(counters.lastReceiveError == EBADF && counters.receiveFailureCount == 4)
    }

    @Test(.enabled(if: allocations_are_counted() == 1)) func hotPathAllocatesNothing() throws {
        let server = try Server("0.0.0.0")
        let target = try SocketAddress.loopback().withPort(server.address.port)
        let client = BlockingSocket(.udp)
        #expect(client.connect(to: target))
        let request = [UInt8](repeating: 5, count: 96)
        var answer = [UInt8](repeating: 0, count: 512)
        var batch = DatagramBatch()
        var sum = 0
        func serve(_ batchCount: Int) {
            for _ in 0..<batchCount {
                for _ in 0..<8 { _ = send(client.descriptor, request, request.count, 0) }
                guard batch.receive(server.descriptor) == 8 else { continue }
                for slot in 0..<8 {
                    sum += Int(batch.datagram(at: slot).unsafeLoad(fromByteOffset: 0, as: UInt8.self))
                    if let peer = batch.peer(of: slot) { sum += Int(peer.sourceNetwork.bitCount) }
                    request.withUnsafeBytes { sum += batch.queue(head: $0.prefix20, body: $0, toPeerOf: slot) ? 1 : 0 }
                }
                batch.flush(server.descriptor)
                for _ in 0..<8 { _ = recv(client.descriptor, &answer, answer.count, 0) }
            }
        }
        serve(10)
        let sumBefore = sum
        let before = allocation_count_of_this_thread()
        serve(1_000)
        let after = allocation_count_of_this_thread()
        #expect(sum - sumBefore == 8_000 * (5 + 120 + 1), "all batches were whole")
        #expect(after == before, "\(after - before) allocations in 1,000 batches of 8")
        withExtendedLifetime(Array(repeating: sum, count: 4)) {}
        #expect(allocation_count_of_this_thread() > after, "the counter sees allocations")
    }
}

extension UnsafeRawBufferPointer {
    /// A head of the size that fragments have.
    fileprivate var prefix20: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[..<20]) }
}
