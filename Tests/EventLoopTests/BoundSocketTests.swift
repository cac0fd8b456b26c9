import Glibc
import Testing

@testable import EventLoop

@Suite struct BoundSocketTests {
    @Test(arguments: [SocketKind.udp, .tcp], ["127.0.0.1", "::1"])
    func twoShareOnePort(kind: SocketKind, host: String) throws {
        let first = try BoundSocket(kind, on: .loopback(host))
        #expect(first.address.port != 0)
        let second = try BoundSocket(kind, on: first.address)
        #expect(second.address == first.address)
    }

    @Test(arguments: [SocketKind.udp, .tcp], ["127.0.0.1", "::1", "0.0.0.0", "::"])
    func caseE4PortInUseNamesAddressAndProcess(kind: SocketKind, host: String) throws {
        // SO_REUSEPORT on the holder, as another node's worker would have it.
        let holder = try BoundSocket(kind, on: .loopback(host))
        let descriptor = try #require(holder.take())
        defer { close(descriptor) }
        if kind == .tcp { #expect(listen(descriptor, 1) == 0) }
        do throws(EventLoopError) {
            try BoundSocket.probe(kind, on: holder.address)
            Issue.record("a port in use was not noticed")
        } catch {
            guard case .addressInUse(let address, let foundKind, let process) = error else {
                Issue.record("another error: \(error)")
                return
            }
            #expect(address == holder.address && foundKind == kind)
            #expect(process?.processID == getpid())
            #expect(error.description.contains("\(holder.address)") && error.description.contains("\(getpid())"))
        }
    }

    @Test(arguments: [SocketKind.udp, .tcp])
    func caseE4WildcardHolderIsNoticedBehindAnAddress(kind: SocketKind) throws {
        let holder = try BoundSocket(kind, on: .loopback("0.0.0.0"))
        let descriptor = try #require(holder.take())
        defer { close(descriptor) }
        if kind == .tcp { #expect(listen(descriptor, 1) == 0) }
        let address = try SocketAddress.loopback().withPort(holder.address.port)
        #expect(throws: EventLoopError.self) { try BoundSocket.probe(kind, on: address) }
        #expect(PortHolder.find(address, kind: kind)?.processID == getpid())
    }

    @Test(arguments: [SocketKind.udp, .tcp], ["127.0.0.1", "::1"])
    func probeLeavesAFreePortFree(kind: SocketKind, host: String) throws {
        let free = try BoundSocket(kind, on: .loopback(host)).address
        try Self.onceFree { () throws(EventLoopError) in try BoundSocket.probe(kind, on: free) }
        try Self.onceFree { () throws(EventLoopError) in try BoundSocket.probe(kind, on: free) }
        let again = try Self.onceFree { () throws(EventLoopError) in try BoundSocket(kind, on: free) }
        #expect(again.address == free)
    }

    /// Tries again for a second while the address is in use: a process that another test is starting has copies of this
    /// one's descriptors for a moment, so that what was closed here is open until then.
    private static func onceFree<Value>(
        _ body: () throws(EventLoopError) -> Value
    ) throws(EventLoopError) -> Value {
        for _ in 0..<1_000 {
            do throws(EventLoopError) { return try body() } catch {
                guard error.code == EADDRINUSE else { throw error }
            }
            usleep(1_000)
        }
        return try body()
    }

    @Test func caseE4AddressThatTheMachineDoesNotHave() throws {
        let address = try SocketAddress(text: "192.0.2.1:0")
        let expected = EventLoopError.system(
            errno: EADDRNOTAVAIL,
            attempted: .bind,
            place: "UDP address 192.0.2.1:0"
        )
        #expect(throws: expected) { try BoundSocket.probe(.udp, on: address) }
    }

    @Test func probeSucceedsWhileOldConnectionsWaitOutTheirTime() throws {
        let socket = try BoundSocket(.tcp, on: .loopback())
        let listener = try #require(socket.take())
        #expect(listen(listener, 1) == 0)
        let client = BlockingSocket(.tcp)
        #expect(client.connect(to: socket.address))
        let accepted = accept(listener, nil, nil)
        // The side that closes first keeps the port in TIME_WAIT.
        close(accepted)
        _ = client.readToEnd()
        close(listener)
        try Self.onceFree { () throws(EventLoopError) in try BoundSocket.probe(.tcp, on: socket.address) }
    }

    @Test func buffersAreAskedForAndReported() throws {
        let socket = try BoundSocket(.udp, on: .loopback())
        let descriptor = try #require(socket.take())
        defer { close(descriptor) }
        var size: Int32 = 0
        var byteCount = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, &byteCount)
        #expect(socket.receiveBufferByteCount == Int(size) / 2)
        #expect(socket.receiveBufferByteCount <= BoundSocket.bufferByteCountWanted)
        #expect(socket.receiveBufferByteCount >= 65_536 && socket.sendBufferByteCount >= 65_536)
        #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
        #expect(fcntl(descriptor, F_GETFL) & O_NONBLOCK != 0)
    }

    @Test func asMuchIsKeptAsIsAskedFor() throws {
        let small = try BoundSocket(.udp, on: .loopback(), keeping: 65_536)
        #expect(small.receiveBufferByteCount == 65_536)
        #expect(small.sendBufferByteCount >= small.receiveBufferByteCount)
        // What no system call can say is not a crash.
        let large = try BoundSocket(.udp, on: .loopback(), keeping: .max)
        #expect(large.receiveBufferByteCount >= small.receiveBufferByteCount)
    }

    @Test func descriptorIsHandedOnOnce() throws {
        let socket = try BoundSocket(.udp, on: .loopback())
        let descriptor = try #require(socket.take())
        defer { close(descriptor) }
        #expect(socket.take() == nil)
        #expect(throws: EventLoopError.self) { try socket.takeDescriptor() }
    }
}

@Suite struct SocketTableTests {
    /// Lines as the kernel of a little-endian machine writes them.
    private static let table = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref
         1: 0100007F:0A51 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 111 2
         2: 00000000:0A51 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 222 2
         3: 0100007F:0A52 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 333 2
         4: 0100007F:0A51 00000000:0000 06 00000000:00000000 00:00000000 00000000     0        0 0 2 0000000000000000 0
         5: 00000000000000000000000001000000:0A51 0:0 07 0:0 00:0 0 0 0 555 2 0 0
         6: zz:0A51
        """

    @Test(arguments: [
        ("127.0.0.1:2641", [111, 222]), ("127.0.0.2:2641", [222]), ("0.0.0.0:2641", [111, 222, 555]),
        ("[::1]:2641", [222, 555]), ("127.0.0.1:2642", [333]), ("127.0.0.1:2643", []), ("127.0.0.1:0", []),
    ])
    func conflictsAreFound(address: String, inodes: [UInt64]) throws {
        try #expect(SocketTable.inodes(in: Self.table, conflictingWith: SocketAddress(text: address)) == inodes)
    }
}
