import EventLoop
import Testing

@Suite struct LoopTimerTests {
    @Test func oneShotFiresOnceInOrder() throws {
        let loop = try EventLoop()
        var order: [Int] = []
        let later = try LoopTimer(on: loop) { order.append(2) }
        let sooner = try LoopTimer(on: loop) { order.append(1) }
        later.start(afterMilliseconds: 5)
        sooner.start(afterMilliseconds: 1)
        loop.run()
        #expect(order == [1, 2])
        later.close()
        sooner.close()
        runToEnd(loop)
    }

    @Test func repeatsUntilStoppedAndStartsAgain() throws {
        let loop = try EventLoop()
        let stopper = loop.stopper()
        var count = 0
        let timer = try LoopTimer(on: loop) {
            count += 1
            if count == 3 { stopper.stop() }
        }
        timer.start(afterMilliseconds: 0, repeatMilliseconds: 1)
        try runUntilStopped(loop)
        timer.stop()
        loop.run()
        #expect(count == 3)
        timer.start(afterMilliseconds: 0)
        loop.run()
        #expect(count == 4)
        timer.close()
        timer.close()
        timer.start(afterMilliseconds: 0)
        runToEnd(loop)
        #expect(count == 4, "a closed timer fired")
    }

    @Test func closedInItsOwnCallbackAndReleased() throws {
        let loop = try EventLoop()
        var timer: LoopTimer?
        let made = try LoopTimer(on: loop) { [loopTimer = { timer }] in loopTimer()?.close() }
        timer = made
        weak let released = made
        made.start(afterMilliseconds: 0, repeatMilliseconds: 1)
        runToEnd(loop)
        timer = nil
        _ = consume made
        #expect(released == nil, "a closed timer was kept")
    }
}
