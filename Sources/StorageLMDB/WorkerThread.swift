internal import Glibc

/// A thread that runs one closure and is waited for.
struct WorkerThread: @unchecked Sendable {
    // Sendable: a thread's number.
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let thread: pthread_t

    /// Starts `run` on a new thread; nil when there can be none.
    init?(_ run: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(Body(run))
        let code = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            },
            body.toOpaque()
        )
        guard code == 0 else {
            body.release()
            return nil
        }
        self.thread = thread
    }

    /// Waits for its end. Called once.
    func join() { pthread_join(thread, nil) }
}
