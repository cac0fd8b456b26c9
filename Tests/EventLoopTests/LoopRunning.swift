import EventLoop
import Testing

/// Runs the loop until a callback stops it. A minute without that is a failure: nothing here takes a second
/// on a machine that is not held up.
func runUntilStopped(
    _ loop: borrowing EventLoop,
    sourceLocation: SourceLocation = #_sourceLocation
) throws(EventLoopError) {
    let stopper = loop.stopper()
    var isLate = false
    let timer = try LoopTimer(on: loop) {
        isLate = true
        stopper.stop()
    }
    timer.start(afterMilliseconds: 60_000)
    loop.run()
    timer.close()
    #expect(!isLate, "the loop was not stopped", sourceLocation: sourceLocation)
}

/// Runs the loop until every handle, closed before by whoever opened it, is gone.
func runToEnd(_ loop: borrowing EventLoop, sourceLocation: SourceLocation = #_sourceLocation) {
    loop.run()
    let open = loop.openHandleCount()
    #expect(open == 0, "handles were left open", sourceLocation: sourceLocation)
}
