internal import EventLoop
internal import Glibc
internal import Synchronization

/// Where the threads of a run meet: to begin at the same time, to tell of their seconds, and at the end.
final class CrewMeeting: Sendable {
    enum Post: Sendable {
        case second(LoadSecond, thread: Int)
        case ended(thread: Int)
    }

    private struct State {
        var readyCount = 0
        var startNanoseconds: UInt64?
        var posts: [Post] = []
        var endedCount = 0
        var result: LoadResult?
        var isCalledOff = false
    }

    /// Between two looks, in microseconds: seconds are told of, no answers.
    private static let pauseMicroseconds: UInt32 = 10_000
    /// All have seen the start by then.
    private static let startDelayNanoseconds: UInt64 = 30_000_000

    private let threadCount: Int
    private let state = Mutex(State())

    init(threadCount: Int) {
        self.threadCount = threadCount
    }

    /// Waits until all threads are ready, and returns when they begin.
    func waitForStart() -> UInt64 {
        state.withLock { state in
            state.readyCount += 1
            if state.readyCount == threadCount {
                state.startNanoseconds = SystemClock.monotonicNanoseconds() &+ Self.startDelayNanoseconds
            }
        }
        while true {
            let (start, isCalledOff) = state.withLock { ($0.startNanoseconds, $0.isCalledOff) }
            if let start {
                Self.sleep(until: start)
                return start
            }
            // A run that does not take place is over before it begins.
            if isCalledOff { return 0 }
            usleep(Self.pauseMicroseconds)
        }
    }

    /// A thread was not to be had: the others need not wait for it.
    func callOff() { state.withLock { $0.isCalledOff = true } }

    func post(_ post: Post) { state.withLock { $0.posts.append(post) } }

    /// A thread's part of the run has ended.
    func end(_ part: LoadResult) {
        state.withLock { state in
            state.endedCount += 1
            if state.result == nil { state.result = part } else { state.result?.add(part) }
        }
    }

    /// The posts since the last taking, perhaps none, after a pause; nil: all threads have ended, and all was taken.
    func takePosts() -> [Post]? {
        usleep(Self.pauseMicroseconds)
        return state.withLock { state in
            guard state.posts.isEmpty, state.endedCount == threadCount else {
                defer { state.posts = [] }
                return state.posts
            }
            return nil
        }
    }

    /// All parts together; nil: none has ended.
    var result: LoadResult? { state.withLock { $0.result } }

    private static func sleep(until start: UInt64) {
        let now = SystemClock.monotonicNanoseconds()
        if start > now { usleep(UInt32((start - now) / 1_000)) }
    }
}
