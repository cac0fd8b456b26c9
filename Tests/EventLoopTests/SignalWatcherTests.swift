import EventLoop
import Glibc
import Testing

@Suite struct SignalWatcherTests {
    @Test func signalReachesTheLoop() throws {
        let loop = try EventLoop()
        let stopper = loop.stopper()
        var heard: [Int32] = []
        let watcher = try SignalWatcher(on: loop, signal: SIGUSR2) { signal in
            heard.append(signal)
            stopper.stop()
        }
        kill(getpid(), SIGUSR2)
        try runUntilStopped(loop)
        #expect(heard == [SIGUSR2])
        watcher.close()
        watcher.close()
        runToEnd(loop)
    }

    @Test func aSignalThatCannotBeWatchedIsAnError() throws {
        let loop = try EventLoop()
        #expect(throws: EventLoopError.system(errno: EINVAL, attempted: .watch, place: "signal \(SIGKILL)")) {
            try SignalWatcher(on: loop, signal: SIGKILL) { _ in }
        }
        runToEnd(loop)
    }
}
