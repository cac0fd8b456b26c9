import Glibc
import Testing

@testable import EventLoop

@Suite struct StreamListenerTests {
    /// The inodes of the machine's sockets that still have an owner and that port on either side.
    private static func openSockets(atPort port: UInt16) -> [Substring] {
        let hex = String(port, radix: 16, uppercase: true)
        let mark = ":" + String(repeating: "0", count: 4 - hex.count) + hex
        return ProcessFiles.text("/proc/net/tcp").split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[1].hasSuffix(mark) || fields[2].hasSuffix(mark) else { return nil }
            return fields[9] == "0" ? nil : fields[9]
        }
    }

    /// Asks until it `isSo`, for ten seconds at most: a process that another test is starting has copies of this one's
    /// descriptors for a moment, so that what was closed here is open until then.
    private static func eventually(_ isSo: () -> Bool) -> Bool {
        for _ in 0..<10_000 {
            if isSo() { return true }
            usleep(1_000)
        }
        return false
    }

    @Test func caseR7ThousandConnectionsLeaveNothingOpen() throws {
        let loop = try EventLoop()
        let stopper = loop.stopper()
        let socket = try BoundSocket(.tcp, on: .loopback())
        var closedCount = 0
        let listener = try StreamListener(
            on: loop,
            socket: socket,
            accepted: { stream in
                let server = StreamProbe()
                server.whenEnded = { $0.stream?.close() }
                server.whenClosed = { _ in
                    closedCount += 1
                    if closedCount == 1_000 { stopper.stop() }
                }
                server.adopt(stream)
            },
            failed: { Issue.record("\($0)") }
        )
        let address = socket.address
        let clients = try NamedThread(name: "clients") {
            for round in 0..<10 {
                var open: [BlockingSocket] = []
                for index in 0..<100 {
                    let client = BlockingSocket(.tcp)
                    client.connect(to: address)
                    // Half of them reset instead of ending in order.
                    if (round + index) % 2 == 0 {
                        var abrupt = linger(l_onoff: 1, l_linger: 0)
                        setsockopt(
                            client.descriptor,
                            SOL_SOCKET,
                            SO_LINGER,
                            &abrupt,
                            socklen_t(MemoryLayout<linger>.size)
                        )
                    }
                    open.append(client)
                }
            }
        }
        try runUntilStopped(loop)
        clients.join()
        #expect(closedCount == 1_000)
        let isAlone = Self.eventually { Self.openSockets(atPort: address.port).count == 1 }
        #expect(isAlone, "only the listener is left")
        let left = Self.openSockets(atPort: address.port)
        listener.close()
        runToEnd(loop)
        // Its port is anybody's from now on.
        let isGone = Self.eventually { Set(left).isDisjoint(with: Self.openSockets(atPort: address.port)) }
        #expect(isGone)
    }

    @Test func pausedConnectionsWaitUntilResumed() throws {
        let loop = try EventLoop()
        let socket = try BoundSocket(.tcp, on: .loopback())
        var acceptedCount = 0
        let listener = try StreamListener(
            on: loop,
            socket: socket,
            accepted: { stream in
                acceptedCount += 1
                stream.close()
            },
            failed: { Issue.record("\($0)") }
        )
        listener.pause()
        #expect(!listener.isAccepting)
        let clients = (0..<3).map { _ in BlockingSocket(.tcp) }
        for client in clients { #expect(client.connect(to: socket.address)) }
        for _ in 0..<10 { loop.runOnceWithoutWaiting() }
        #expect(acceptedCount == 0)
        listener.resume()
        for _ in 0..<1_000 where acceptedCount < 3 { loop.runOnceWithoutWaiting() }
        #expect(acceptedCount == 3)
        listener.close()
        listener.close()
        listener.resume()
        #expect(!listener.isAccepting)
        runToEnd(loop)
    }

    @Test func closedFromItsOwnCallback() throws {
        let loop = try EventLoop()
        let socket = try BoundSocket(.tcp, on: .loopback())
        var acceptedCount = 0
        var listener: StreamListener?
        listener = try StreamListener(
            on: loop,
            socket: socket,
            accepted: { stream in
                acceptedCount += 1
                stream.close()
                listener?.close()
            },
            failed: { Issue.record("\($0)") }
        )
        let clients = (0..<3).map { _ in BlockingSocket(.tcp) }
        for client in clients { #expect(client.connect(to: socket.address)) }
        runToEnd(loop)
        #expect(acceptedCount == 1)
        listener = nil
    }

    @Test func caseR6WithoutDescriptorsItPausesAndGoesOnWhenResumed() async throws {
        // In a child process: the lowered limit would hit the tests that run beside this one.
        await #expect(processExitsWith: .success) {
            let loop = try EventLoop()
            let socket = try BoundSocket(.tcp, on: .loopback())
            var acceptedCount = 0
            var errors: [EventLoopError] = []
            let listener = try StreamListener(
                on: loop,
                socket: socket,
                accepted: { stream in
                    acceptedCount += 1
                    stream.close()
                },
                failed: { errors.append($0) }
            )
            let clients = (0..<2).map { _ in BlockingSocket(.tcp) }
            for client in clients { #expect(client.connect(to: socket.address)) }
            var limit = rlimit()
            getrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit)
            let before = limit
            limit.rlim_cur = 0
            setrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit)
            for _ in 0..<100 { loop.runOnceWithoutWaiting() }
            limit = before
            setrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit)
            #expect(errors.map(\.code) == [EMFILE], "told once, and no spinning")
            #expect(!listener.isAccepting && acceptedCount == 0)
            listener.resume()
            for _ in 0..<1_000 where acceptedCount < 2 { loop.runOnceWithoutWaiting() }
            #expect(acceptedCount == 2, "the waiting connections were not lost")
            listener.close()
            loop.run()
        }
    }
}
