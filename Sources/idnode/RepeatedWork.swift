internal import Dispatch
internal import EventLoop
internal import Synchronization

/// A thread that does something again and again, and in between waits until its time has come or it is poked.
final class RepeatedWork: Sendable {
    /// How long the end waits for what is under way.
    private static let endSeconds = 2

    private let wakeup = DispatchSemaphore(value: 0)
    private let hasEnded = DispatchSemaphore(value: 0)
    private let hasStarted = Atomic<Bool>(false)
    private let ending = Atomic<Bool>(false)

    /// Whether it is to end soon.
    var isEnding: Bool { ending.load(ordering: .relaxed) }

    /// Starts the thread, once; `work` does it once and returns after how many milliseconds it is to be done again.
    func start(name: String, _ work: @escaping @Sendable () -> UInt64) throws(EventLoopError) {
        _ = try NamedThread(name: name, pace: .slow) { [self] in
            while !isEnding {
                let milliseconds = work()
                _ = wakeup.wait(timeout: .now() + .milliseconds(Int(clamping: milliseconds)))
            }
            hasEnded.signal()
        }
        hasStarted.store(true, ordering: .relaxed)
    }

    /// Has it done soon.
    func poke() { wakeup.signal() }

    /// Ends the thread, which may go on for a while with what it is at.
    func stop() {
        ending.store(true, ordering: .relaxed)
        guard hasStarted.load(ordering: .relaxed) else { return }
        wakeup.signal()
        _ = hasEnded.wait(timeout: .now() + .seconds(Self.endSeconds))
    }
}
