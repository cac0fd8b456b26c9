internal import Console

/// A CSV file with one row for each second of a run, warm-up included. Lines that begin with `#` say what was run.
///
/// Rows are written as the seconds end, so that a run that is killed leaves those it had.
final class SecondsFile {
    static let columns =
        ["second", "measured", "target", "sent", "answered", "lost", "wrong"] + SecondRow.percentiles.map(\.name)
        + ["connections", "outstanding", "not_sent", "cpu_percent", "connected"]

    private let file: OutputFile

    /// Creates the file, or empties it; throws where that cannot be done.
    init(path: String) throws(LoadError) { file = try OutputFile(path: path) }

    /// Writes what was run, and the columns' names.
    func begin(_ facts: RunFacts) {
        var text = ""
        for line in facts.lines() { text += "# \(TerminalText.safe(line))\n" }
        file.write(text + Self.columns.joined(separator: ",") + "\n")
    }

    /// Writes one row.
    func add(_ second: LoadSecond) { file.write(Self.row(SecondRow(second))) }

    /// Why a row could not be written; nil: all were.
    var failure: LoadError? { file.failure }

    /// A row with its newline. A percentile among the lost is `inf`; of a second in which nothing ended it is empty.
    static func row(_ row: SecondRow) -> String {
        let times = row.times.map { time in
            switch time {
            case .microseconds(let microseconds): String(microseconds)
            case .lost: "inf"
            case .unknown: ""
            }
        }
        let fields =
            [
                "\(row.endSeconds)", row.isMeasured ? "1" : "0", row.targetPerSecond.map { "\($0)" } ?? "",
                String(row.sent), String(row.answered), String(row.lost), String(row.wrong),
            ] + times + [
                String(row.connections), String(row.outstanding), String(row.notSent), "\(row.processorPercent)",
                String(row.connected),
            ]
        return fields.joined(separator: ",") + "\n"
    }
}
