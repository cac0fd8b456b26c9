import Glibc

/// The program `bad-server`, and what it says it did.
final class BadServer {
    /// What it did, in numbers.
    struct Made {
        var requests: UInt64 = 0
        var wrong: UInt64 = 0
        var twice: UInt64 = 0
        var late: UInt64 = 0
        var stalls: UInt64 = 0
    }

    let port: UInt16
    private let process: ChildProcess
    private let log: String

    /// Every so-manieth request is treated badly, among the first `goodAfter`; times are in milliseconds.
    init(
        wrong: Int,
        twice: Int,
        late: Int,
        goodAfter: Int,
        stallEvery: Int,
        stall: Int,
        lateMilliseconds: Int,
        in directory: TestDirectory
    ) throws {
        log = "\(directory.path)/bad-server"
        let descriptor = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw NodeFailure("cannot write \(log): errno \(errno)") }
        defer { close(descriptor) }
        let arguments = [wrong, twice, late, goodAfter, stallEvery, stall, lateMilliseconds].map(String.init)
        process = try ChildProcess(
            "\(BuiltProgram.directory)/bad-server",
            arguments,
            output: descriptor,
            error: descriptor
        )
        port = try Self.port(in: log)
    }

    /// Ends it, and returns what it did.
    func stop() throws -> Made {
        process.send(SIGTERM)
        guard process.wait() == .code(0) else { throw NodeFailure("bad-server did not end well") }
        let words = try TestFile.text(log).split(whereSeparator: \.isWhitespace).dropFirst().map(String.init)
        func number(_ name: String) -> UInt64 {
            guard let place = words.firstIndex(of: name), place + 1 < words.count else { return 0 }
            return UInt64(words[place + 1]) ?? 0
        }
        return Made(
            requests: number("requests"),
            wrong: number("wrong"),
            twice: number("twice"),
            late: number("late"),
            stalls: number("stalls")
        )
    }

    private static func port(in log: String) throws -> UInt16 {
        for _ in 0..<10_000 {
            let text = (try? TestFile.text(log)) ?? ""
            if text.hasSuffix("\n"), let port = text.split(separator: "\n").first.flatMap({ UInt16($0) }) {
                return port
            }
            usleep(2_000)
        }
        throw NodeFailure("bad-server has not told its port")
    }
}
