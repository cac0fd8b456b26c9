internal import Console
internal import Glibc

/// A CSV file with one row for each second of a run, warm-up included. Lines that begin with `#` say what was run.
///
/// Rows are written as the seconds end, so that a run that is killed leaves those it had.
final class SecondsFile {
    static let columns = [
        "second", "measured", "target", "sent", "answered", "lost", "wrong", "p50_us", "p99_us", "p99_9_us", "max_us",
        "connections", "outstanding", "not_sent", "cpu_percent",
        "connected",
    ]

    private let path: String
    private let descriptor: Int32
    /// What the system said, the first time that a row could not be written.
    private var errorNumber: Int32?

    /// Creates the file, or empties it; throws where that cannot be done.
    init(path: String) throws(LoadError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw LoadError(.cannotWrite(file: path, errorNumber: errno)) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Writes what was run, and the columns' names.
    func begin(_ facts: RunFacts) {
        var text = ""
        for line in facts.lines() { text += "# \(TerminalText.safe(line))\n" }
        write(text + Self.columns.joined(separator: ",") + "\n")
    }

    /// Writes one row.
    func add(_ second: LoadSecond) { write(Self.row(second)) }

    /// Why a row could not be written; nil: all were.
    var failure: LoadError? { errorNumber.map { LoadError(.cannotWrite(file: path, errorNumber: $0)) } }

    /// A row with its newline. A percentile among the lost is `inf`; of a second in which nothing ended it is empty.
    static func row(_ second: LoadSecond) -> String {
        let isEmpty = second.answered + second.lost == 0
        let times = [50, 99, 99.9, 100].map { percent in
            second.microseconds(atPercentile: percent).map { String($0) } ?? (isEmpty ? "" : "inf")
        }
        let fields =
            [
                tenths(second.elapsedSeconds), second.isMeasured ? "1" : "0",
                second.targetPerSecond.map(tenths) ?? "", String(second.sent), String(second.answered),
                String(second.lost), String(second.wrong),
            ] + times + [
                String(second.connections), String(second.outstanding), String(second.notSent),
                tenths(second.processorShare * 100), String(second.connected),
            ]
        return fields.joined(separator: ",") + "\n"
    }

    private static func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private func write(_ text: String) {
        guard errorNumber == nil else { return }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 || errno != EINTR {
                errorNumber = count == 0 ? ENOSPC : errno
                return
            }
        }
    }
}
