import EventLoop
import Glibc
import Testing

@Suite struct EventLoopTests {
    @Test func stopReturnsWhileHandlesAreOpen() throws {
        let loop = try EventLoop()
        let stopper = loop.stopper()
        let wakeup = try Wakeup(on: loop) {}
        let socket = try BoundSocket(.tcp, on: .loopback())
        let listener = try StreamListener(on: loop, socket: socket, accepted: { $0.close() }, failed: { _ in })
        let timer = try LoopTimer(on: loop) { stopper.stop() }
        timer.start(afterMilliseconds: 1)
        let isActive = loop.run()
        #expect(isActive, "the handles are still there after stop")
        let open = loop.openHandleCount()
        #expect(open == 3)
        wakeup.close()
        listener.close()
        timer.close()
        runToEnd(loop)
    }

    @Test func runWithoutHandlesReturnsAtOnce() throws {
        let loop = try EventLoop()
        let isActive = loop.run()
        #expect(!isActive)
        let isStillActive = loop.runOnceWithoutWaiting()
        #expect(!isStillActive)
    }

    @Test func aLoopDroppedOnTheWayOutIsNoCrash() throws {
        let wakeup: Wakeup
        do {
            let loop = try EventLoop()
            wakeup = try Wakeup(on: loop) {}
        }
        // The loop is gone by its name, its memory is not: waking it touches nothing that was freed.
        wakeup.wake()
        #expect(throws: Never.self) { wakeup.wake() }
    }

    @Test func errorsSayWhatAndWhere() throws {
        let error = EventLoopError.system(errno: EACCES, attempted: .bind, place: "UDP address 127.0.0.1:53")
        #expect(error.description == "cannot bind UDP address 127.0.0.1:53: Permission denied (errno 13)")
        #expect(error.code == EACCES)
        let address = try SocketAddress(text: "127.0.0.1:53")
        let holder = PortHolder(processID: 17, program: "named")
        let inUse = EventLoopError.addressInUse(address: address, kind: .udp, holder: holder)
        #expect(inUse.description == "UDP address 127.0.0.1:53 is in use by process 17 (named)")
        #expect(inUse.code == EADDRINUSE)
    }
}
