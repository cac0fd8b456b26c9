import EventLoop
import Glibc
import Synchronization

/// A process that a test has started, and that does not outlive it.
///
/// Dropping it kills it. Should the test's own process end in any way, a shell at the other end of a pipe does so.
final class ChildProcess: Sendable {
    /// How a process ended.
    enum Ending: Hashable, Sendable {
        case code(Int32)
        case signal(Int32)
    }

    let processID: pid_t
    private let guardID: pid_t
    private let guardPipe: Int32
    private let ending = Mutex<Ending?>(nil)

    /// Starts `program`. `input`, nothing where it is nil, `output` and `error` stay the caller's to close.
    init(_ program: String, _ arguments: [String], input: Int32? = nil, output: Int32, error: Int32) throws {
        let started = try Self.spawning.withLock { _ in try Self.start(program, arguments, [input, output, error]) }
        (processID, guardID, guardPipe) = started
    }

    /// Descriptors get "close on exec" only after they are made: meanwhile nobody else may start a process.
    private static let spawning = Mutex<Void>(())

    /// The process, its guard, and the pipe whose end lets the guard loose.
    private static func start(
        _ program: String,
        _ arguments: [String],
        _ descriptors: [Int32?]
    ) throws -> (pid_t, pid_t, Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw NodeFailure("no pipe: errno \(errno)") }
        defer { close(ends[0]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process: pid_t
        do { process = try spawn(program, arguments, descriptors: descriptors) } catch {
            close(ends[1])
            throw error
        }
        do {
            let script = "read line; kill -9 \(process) 2>&-"
            return (process, try spawn("/bin/sh", ["-c", script], descriptors: [ends[0], nil, nil]), ends[1])
        } catch {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
            close(ends[1])
            throw error
        }
    }

    deinit {
        if !isEnded() {
            kill(processID, SIGKILL)
            waitpid(processID, nil, 0)
        }
        kill(guardID, SIGKILL)
        waitpid(guardID, nil, 0)
        close(guardPipe)
    }

    /// Sends a signal; nothing once the process has been waited for.
    func send(_ signal: Int32) {
        ending.withLock { ending in
            if ending == nil { kill(processID, signal) }
        }
    }

    /// How the process ended; nil: it runs.
    func poll() -> Ending? {
        ending.withLock { ending in
            guard ending == nil else { return ending }
            var status: Int32 = 0
            guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
            let signal = status & 0x7F
            ending = signal == 0 ? .code(status >> 8 & 0xFF) : .signal(signal)
            return ending
        }
    }

    /// The most memory it has had at a time so far, in KiB; 0 once it has ended.
    var memoryPeakKiB: Int {
        guard poll() == nil, let status = try? TestFile.text("/proc/\(processID)/status"),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }

    private func isEnded() -> Bool { poll() != nil }

    /// Waits for the end; nil: it has not come within so many seconds.
    func wait(seconds: Double = 20) -> Ending? {
        let deadline = SystemClock.monotonicNanoseconds() + UInt64(seconds * 1e9)
        while true {
            if let ending = poll() { return ending }
            guard SystemClock.monotonicNanoseconds() < deadline else { return nil }
            usleep(2_000)
        }
    }

    /// Starts a process whose descriptors 0, 1 and 2 are those given, or nothing; it blocks no signal.
    private static func spawn(_ program: String, _ arguments: [String], descriptors: [Int32?]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in descriptors.enumerated() {
            if let descriptor {
                posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
            } else {
                posix_spawn_file_actions_addopen(&actions, Int32(number), "/dev/null", O_RDWR, 0)
            }
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var environment = ["PATH=/usr/bin:/bin", "LC_ALL=C"]
        if let libraries = getenv("LD_LIBRARY_PATH") {
            environment.append("LD_LIBRARY_PATH=\(String(cString: libraries))")
        }
        var identifier: pid_t = 0
        let result = withCStrings([program] + arguments) { arguments in
            withCStrings(environment) { posix_spawn(&identifier, program, &actions, &attributes, arguments, $0) }
        }
        guard result == 0 else { throw NodeFailure("cannot start \(program): errno \(result)") }
        return identifier
    }

    /// Lends `texts` as a list that ends with nil.
    private static func withCStrings<Value>(
        _ texts: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
    ) -> Value {
        var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { list in
            // A list that ends with nil is never empty.
            guard let start = list.baseAddress else { preconditionFailure("an empty list of arguments") }
            return body(start)
        }
    }
}
