internal import EventLoop
internal import Glibc
internal import Logging
internal import NodeConfiguration
internal import Synchronization

/// Where log lines go: a bounded queue and a thread that writes them to stderr, so that no answer ever waits for a log
/// (reliability case E6). What does not fit is counted.
final class LogSink: Sendable {
    /// The most lines that wait.
    static let lineCountMax = 1_000

    private struct State {
        var lines: [String] = []
        var lostCount: UInt64 = 0
        var isWriting = false
    }

    private let state = Mutex(State())
    private let currentStyle = Mutex(LogStyle())

    /// How lines are written, and which.
    var style: LogStyle {
        get { currentStyle.withLock { $0 } }
        set { currentStyle.withLock { $0 = newValue } }
    }

    /// Lines that were not written, as too many waited.
    var lostCount: UInt64 { state.withLock { $0.lostCount } }

    /// Takes a line, or counts it as lost.
    func take(_ line: String) {
        let startsWriter = state.withLock { state in
            guard state.lines.count < Self.lineCountMax else {
                state.lostCount += 1
                return false
            }
            state.lines.append(line)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        guard startsWriter else { return }
        if (try? NamedThread(name: "log", pace: .patient, work: { self.writeAll() })) == nil {
            state.withLock { $0.isWriting = false }
        }
    }

    /// Waits until all lines are written. Where they find no room it waits half a second at most, as nobody may read
    /// the pipe any more; where they do, and only the writing thread has no turn, five seconds.
    func waitUntilWritten() {
        var fullCount = 0
        for _ in 0..<5_000 where fullCount < 500 {
            if state.withLock({ $0.lines.isEmpty && !$0.isWriting }) { return }
            if !Self.hasRoom { fullCount += 1 }
            usleep(1_000)
        }
    }

    /// Whether stderr takes a line now.
    private static var hasRoom: Bool {
        var entry = pollfd(fd: 2, events: Int16(POLLOUT), revents: 0)
        return poll(&entry, 1, 0) == 1 && entry.revents & Int16(POLLOUT) != 0
    }

    /// Writes until nothing is left; runs on a thread that a full pipe may hold up.
    private func writeAll() {
        while true {
            let lines = state.withLock { state in
                let lines = state.lines
                state.lines = []
                state.isWriting = !lines.isEmpty
                return lines
            }
            guard !lines.isEmpty else { return }
            for line in lines { Self.write(line + "\n") }
        }
    }

    private static func write(_ line: String) {
        let bytes = Array(line.utf8)
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(2, $0.baseAddress.map { $0 + offset }, $0.count - offset) }
            if count > 0 { offset += count } else if errno != EINTR { return }
        }
    }
}

/// How log lines are written, and which.
struct LogStyle: Sendable {
    var isJSON = false
    var level = Logger.Level.info

    /// The defaults.
    init() {}

    /// As configured.
    init(_ section: LogSection) {
        isJSON = section.format == .json
        level = Logger.Level(rawValue: section.level.rawValue) ?? .info
    }
}

/// Lays log lines out as logfmt or JSON and hands them to a sink.
struct NodeLogHandler: LogHandler {
    let sink: LogSink
    /// The sink's, for all loggers; one of its own, as swift-log would have it, no logger has.
    var logLevel: Logger.Level {
        get { sink.style.level }
        set {}
    }
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = [("time", Self.timeText()), ("level", event.level.rawValue), ("message", "\(event.message)")]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        fields += all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        let isJSON = sink.style.isJSON
        let parts = fields.map { name, value in
            isJSON ? "\(Self.quoted(name)):\(Self.quoted(value))" : "\(name)=\(Self.plain(value))"
        }
        sink.take(isJSON ? "{\(parts.joined(separator: ","))}" : parts.joined(separator: " "))
    }

    /// ISO time in UTC, to the millisecond.
    private static func timeText() -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var seconds = time.tv_sec
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var buffer = [CChar](repeating: 0, count: 32)
        let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%S", &parts)
        let text = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let milliseconds = String(time.tv_nsec / 1_000_000 + 1_000).dropFirst()
        return "\(text).\(milliseconds)Z"
    }

    private static func plain(_ value: String) -> String {
        let needsQuotes = value.isEmpty || value.utf8.contains { $0 <= 0x20 || $0 == 0x22 || $0 == 0x3D || $0 == 0x7F }
        return needsQuotes ? quoted(value) : value
    }

    /// In quotes, with control characters escaped: text from outside cannot make lines of its own.
    private static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
