import Glibc
import Testing

@testable import EventLoop

@Suite struct ByteStreamTests {
    /// A listener whose every stream gets a probe that `prepare` sets up.
    private static func listen(
        on loop: borrowing EventLoop,
        prepare: @escaping (StreamProbe) -> Void
    ) throws(EventLoopError) -> (listener: StreamListener, address: SocketAddress) {
        let socket = try BoundSocket(.tcp, on: .loopback())
        let listener = try StreamListener(
            on: loop,
            socket: socket,
            accepted: { stream in
                let probe = StreamProbe()
                prepare(probe)
                probe.adopt(stream)
            },
            failed: { Issue.record("\($0)") }
        )
        return (listener, socket.address)
    }

    /// A stream on its way to `address`, reading once connected.
    private static func connect(
        on loop: borrowing EventLoop,
        to address: SocketAddress,
        _ probe: StreamProbe
    ) throws(EventLoopError) {
        probe.stream = try ByteStream.connect(
            on: loop,
            to: address,
            context: probe.retainedContext(),
            callbacks: StreamProbe.callbacks,
            connected: StreamProbe.whenConnectedCallback
        )
    }

    @Test func echoBetweenTwoStreamsOfOneLoop() throws {
        let loop = try EventLoop()
        let stopper = loop.stopper()
        var peerSeen: SocketAddress?
        let (listener, address) = try Self.listen(on: loop) { server in
            server.whenReceived = { server, bytes in
                peerSeen = server.stream?.peer
                #expect(server.send(bytes) == (bytes.count, 0))
            }
            server.whenEnded = { $0.stream?.close() }
        }
        let client = StreamProbe()
        client.whenConnected = { client in
            #expect(client.connected == 0)
            client.stream?.startReading()
            client.stream?.startReading()
            _ = client.send(Array("hello".utf8))
        }
        client.whenReceived = { client, _ in
            if client.received.count == 5 { client.stream?.close() }
        }
        client.whenClosed = { _ in stopper.stop() }
        try Self.connect(on: loop, to: address, client)
        #expect(client.stream?.peer == address)
        try runUntilStopped(loop)
        listener.close()
        runToEnd(loop)
        #expect(client.received == Array("hello".utf8))
        #expect(peerSeen?.isLoopback == true)
        #expect(client.closedCount == 1 && client.eventsAfterClosed == 0)
    }

    @Test func slowReaderGetsAllAfterAPartialWrite() throws {
        let loop = try EventLoop()
        let stopper = loop.stopper()
        let answer = (0..<(16 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        var taken = -1
        var codes: [Int32] = []
        let (listener, address) = try Self.listen(on: loop) { server in
            server.whenReceived = { server, _ in
                let result = server.send(answer)
                taken = result.taken
                codes.append(result.code)
                #expect(server.stream?.isWriting == true)
                #expect(server.stream?.tryWrite(UnsafeRawBufferPointer(start: nil, count: 0)) == 0)
                answer.withUnsafeBytes { bytes in
                    #expect(server.stream?.write(bytes) == EBUSY, "two writes at once")
                    #expect(server.stream?.tryWrite(bytes) == 0, "overtook a write")
                }
                server.stream?.stopReading()
            }
            server.whenWritten = { server in
                codes += server.written
                server.stream?.close()
            }
            server.whenClosed = { _ in stopper.stop() }
        }
        let client = BlockingSocket(.tcp)
        #expect(client.connect(to: address))
        #expect(client.write([1]) == 1)
        let reader = try ReadingThread(client)
        try runUntilStopped(loop)
        listener.close()
        runToEnd(loop)
        #expect(taken > 0 && taken < answer.count, "the socket took \(taken) at once")
        #expect(codes == [0, 0])
        #expect(reader.join() == answer)
    }

    @Test func caseP12AnswerArrivesAfterHalfClose() throws {
        let loop = try EventLoop()
        let stopper = loop.stopper()
        let (listener, address) = try Self.listen(on: loop) { server in
            server.whenEnded = { server in
                #expect(server.ended == 0)
                #expect(server.send(Array("late answer".utf8)) == (11, 0))
                #expect(server.stream?.shutDown() == 0)
                #expect(server.stream?.shutDown() == EBUSY)
            }
            server.whenShutDown = { server in
                #expect(server.shutDown == 0)
                server.stream?.close()
                server.stream?.close()
            }
            server.whenClosed = { server in
                #expect(server.received == Array("question".utf8))
                stopper.stop()
            }
        }
        let client = BlockingSocket(.tcp)
        #expect(client.connect(to: address))
        #expect(client.write(Array("question".utf8)) == 8)
        client.shutDownWriting()
        let reader = try ReadingThread(client)
        try runUntilStopped(loop)
        #expect(reader.join() == Array("late answer".utf8))
        listener.close()
        runToEnd(loop)
    }

    @Test func refusedConnectionIsTold() throws {
        let loop = try EventLoop()
        let nobody = try BoundSocket(.tcp, on: .loopback()).address
        let client = StreamProbe()
        client.whenConnected = { $0.stream?.close() }
        try Self.connect(on: loop, to: nobody, client)
        runToEnd(loop)
        #expect(client.connected == ECONNREFUSED && client.closedCount == 1)
    }

    @Test func closedWhileConnectingTellsOnlyClosed() throws {
        let loop = try EventLoop()
        let socket = try BoundSocket(.tcp, on: .loopback())
        let listener = try StreamListener(on: loop, socket: socket, accepted: { $0.close() }, failed: { _ in })
        let client = StreamProbe()
        try Self.connect(on: loop, to: socket.address, client)
        client.stream?.close()
        listener.close()
        runToEnd(loop)
        #expect(client.connected == nil && client.closedCount == 1)
    }

    @Test func closedWhileWritingTellsOnlyClosed() throws {
        let loop = try EventLoop()
        let stopper = loop.stopper()
        var probe: StreamProbe?
        let (listener, address) = try Self.listen(on: loop) { server in
            probe = server
            server.whenReceived = { server, _ in
                #expect(server.send([UInt8](repeating: 1, count: 16 << 20)).code == 0)
                #expect(server.stream?.isWriting == true)
                server.stream?.close()
                #expect(server.stream?.isClosing == true)
            }
            server.whenClosed = { _ in stopper.stop() }
        }
        let client = BlockingSocket(.tcp)
        #expect(client.connect(to: address))
        #expect(client.write([1]) == 1)
        try runUntilStopped(loop)
        listener.close()
        runToEnd(loop)
        #expect(probe?.written == [] && probe?.closedCount == 1)
    }

    @Test func comesFromTheSourceAskedFor() throws {
        let loop = try EventLoop()
        let stopper = loop.stopper()
        var peer: SocketAddress?
        let (listener, address) = try Self.listen(on: loop) { server in
            server.whenEnded = { server in
                peer = server.stream?.peer
                server.stream?.close()
            }
            server.whenClosed = { _ in stopper.stop() }
        }
        let client = StreamProbe()
        client.whenConnected = { $0.stream?.close() }
        client.stream = try ByteStream.connect(
            on: loop,
            to: address,
            from: .loopback("127.0.0.77"),
            context: client.retainedContext(),
            callbacks: StreamProbe.callbacks,
            connected: StreamProbe.whenConnectedCallback
        )
        try runUntilStopped(loop)
        listener.close()
        runToEnd(loop)
        #expect(peer?.host == "127.0.0.77")
    }

    @Test func aPeerThatIsGoneIsAnErrorNotTheEnd() throws {
        EventLoop.ignoreBrokenPipeSignal()
        let loop = try EventLoop()
        let stopper = loop.stopper()
        var outcome = 0
        let (listener, address) = try Self.listen(on: loop) { server in
            server.whenEnded = { server in
                let bytes = [UInt8](repeating: 0, count: 1_000)
                for _ in 0..<1_000 where outcome >= 0 {
                    outcome = bytes.withUnsafeBytes { server.stream?.tryWrite($0) ?? 0 }
                }
                server.stream?.close()
            }
            server.whenClosed = { _ in stopper.stop() }
        }
        do {
            let client = BlockingSocket(.tcp)
            #expect(client.connect(to: address))
        }
        try runUntilStopped(loop)
        listener.close()
        runToEnd(loop)
        #expect(outcome == -Int(EPIPE) || outcome == -Int(ECONNRESET))
    }
}
