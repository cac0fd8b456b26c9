import EventLoop
import Testing

@Suite struct WakeupTests {
    @Test func anotherThreadWakesTheLoop() throws {
        let loop = try EventLoop()
        let stopper = loop.stopper()
        var count = 0
        let wakeup = try Wakeup(on: loop) {
            count += 1
            stopper.stop()
        }
        let thread = try NamedThread(name: "waker") { wakeup.wake() }
        try runUntilStopped(loop)
        thread.join()
        #expect(count >= 1)
        wakeup.close()
        runToEnd(loop)
    }

    @Test func wakingDuringAndAfterCloseDoesNothing() throws {
        let loop = try EventLoop()
        var count = 0
        let wakeup = try Wakeup(on: loop) { count += 1 }
        let threads = try (0..<4).map { index in
            try NamedThread(name: "waker-\(index)") { for _ in 0..<10_000 { wakeup.wake() } }
        }
        for _ in 0..<10 { loop.runOnceWithoutWaiting() }
        wakeup.close()
        wakeup.close()
        runToEnd(loop)
        let countAtClose = count
        for thread in threads { thread.join() }
        wakeup.wake()
        loop.run()
        #expect(count == countAtClose, "a closed wake-up called its closure")
    }
}
