import EventLoop
import Glibc
import Resolution
import ResolutionClient
import ResolutionProtocol
import Testing

/// A running `idnode`, ended with this object at the latest.
final class NodeProcess: Sendable {
    let directory: NodeDirectory
    let process: ChildProcess
    /// Where it listens, in the order of the configuration.
    let addresses: [SocketAddress]
    private let log: String

    /// Starts the node and waits until it says that it is ready. A `fileLimit` is that of its open files.
    init(_ directory: NodeDirectory, seconds: Double = 60, fileLimit: Int? = nil) throws {
        self.directory = directory
        log = "\(directory.directory.path)/log-\(UInt64.random(in: 0...UInt64.max))"
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw NodeFailure("cannot write \(log): errno \(errno)") }
        defer { close(descriptor) }
        var command = [BuiltProgram.path, "run", "--config", directory.configuration, "--lang", "en"]
        if let fileLimit { command = ["/bin/sh", "-c", "ulimit -n \(fileLimit); exec \"$0\" \"$@\""] + command }
        process = try ChildProcess(command[0], Array(command.dropFirst()), output: descriptor, error: descriptor)
        addresses = try Self.waitUntilReady(process, log: log, seconds: seconds)
    }

    /// What it has written to standard error so far.
    var errorText: String { (try? TestFile.text(log)) ?? "" }

    /// The first listener.
    var address: SocketAddress { addresses[0] }

    private static func waitUntilReady(_ process: ChildProcess, log: String, seconds: Double) throws -> [SocketAddress]
    {
        let deadline = SystemClock.monotonicNanoseconds() + UInt64(seconds * 1e9)
        while SystemClock.monotonicNanoseconds() < deadline {
            let hasEnded = process.poll() != nil
            let text = try TestFile.text(log)
            if let addresses = try listenedAddresses(of: text) { return addresses }
            guard !hasEnded else { throw NodeFailure("the node ended: \(String(describing: process.poll())): \(text)") }
            usleep(3_000)
        }
        throw NodeFailure("the node is not ready after \(seconds) s: \(try TestFile.text(log))")
    }

    /// The addresses of the ready line; nil: it is not there.
    static func listenedAddresses(of log: String) throws -> [SocketAddress]? {
        let whole = log.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        guard let line = whole.first(where: { $0.contains("message=ready ") }),
            let start = line.firstRange(of: "listen=")?.upperBound
        else { return nil }
        let rest = line[start...]
        let list =
            rest.first == "\"" ? rest.dropFirst().prefix { $0 != "\"" } : rest.prefix { $0 != " " }
        return try list.split(separator: " ").map { try SocketAddress(text: String($0)) }
    }

    /// Asks it to end and says how it did; nil: not in time.
    @discardableResult
    func stop(seconds: Double = 15) -> ChildProcess.Ending? {
        process.send(SIGTERM)
        return process.wait(seconds: seconds)
    }

    /// Ends it without a word.
    @discardableResult
    func kill() -> ChildProcess.Ending? {
        process.send(SIGKILL)
        return process.wait()
    }

    /// Starts a node and kills it soon, wherever it has come to.
    static func interruptStart(of directory: NodeDirectory, afterMicroseconds time: UInt32) throws {
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0 else { throw NodeFailure("no /dev/null: errno \(errno)") }
        defer { close(nothing) }
        let arguments = ["run", "--config", directory.configuration]
        let process = try ChildProcess(BuiltProgram.path, arguments, output: nothing, error: nothing)
        usleep(time)
        process.send(SIGKILL)
        guard process.wait() == .signal(SIGKILL) else { throw NodeFailure("ended before it was killed") }
    }

    var control: ControlClient { ControlClient(path: directory.controlSocket) }

    /// The status report, as text.
    func status() throws -> String { String(decoding: try control.ask(.status), as: UTF8.self) }

    /// Waits until `claim` holds of the status report, and returns that.
    @discardableResult
    func awaitStatus(_ claim: (String) -> Bool, place: SourceLocation = #_sourceLocation) throws -> String {
        var status = ""
        for _ in 0..<600 {
            status = try self.status()
            if claim(status) { return status }
            usleep(100_000)
        }
        Issue.record("not within a minute: \(status)", sourceLocation: place)
        return status
    }

    /// A number of the status report, by its name.
    func figure(_ name: String) throws -> UInt64 {
        let text = try status()
        guard let start = text.firstRange(of: "\"\(name)\":")?.upperBound,
            let number = UInt64(text[start...].drop { $0 == " " }.prefix { $0.isNumber })
        else { throw NodeFailure("no figure \(name) in \(text)") }
        return number
    }

    /// What it has counted, today and, around midnight, yesterday.
    func counts() throws -> NodeCounts {
        let today = CountDay(unixSeconds: SystemClock.coarseRealtimeSeconds())
        var counts = NodeCounts()
        for day in [CountDay(number: today.number - 1), today] {
            let wire = try control.ask(.counts, argument: Array(day.text.utf8))
            counts.add(try CountReport(wire: wire).totals)
        }
        return counts
    }
}
