internal import Console

/// What an import did, for a person and for programs.
struct ImportResult {
    var tally = ImportTally()
    var faults = FaultGroups()
    /// Where the refused records are, if there are any.
    var rejectsPath: String?
    /// Refused records that are not in that file.
    var rejectsMissingCount = 0
    var isDryRun = false
    /// Whether it ended before the input did, as too many records were refused.
    var wasStopped = false
    /// Whether Ctrl-C ended it.
    var wasInterrupted = false
    /// Rows looked up afterwards, and those that had other values; nil: none were looked up.
    var verification: (lookedUpCount: Int, wrong: [[UInt8]])?
    var elapsed = Duration.zero

    /// Records per second of all that were read.
    var recordsPerSecond: Double {
        let seconds = elapsed / .seconds(1)
        return seconds > 0 ? Double(tally.readCount) / seconds : 0
    }

    /// How the program ends.
    var exit: ProgramExit {
        if wasInterrupted { return .interrupted }
        if let verification, !verification.wrong.isEmpty { return .failed }
        return tally.rejectedCount > 0 ? .partlyDone : .done
    }

    /// The summary in one line, which adds up.
    func summary(language: Language) -> String {
        func number(_ count: Int) -> String { TextCount.grouped(count) }
        let counts =
            [tally.readCount, tally.createdCount, tally.changedCount, tally.unchangedCount]
            + [tally.rejectedCount, tally.notAttemptedCount]
        let names =
            language == .chinese
            ? ["读取", "新建", "修改", "未变", "拒绝", "未处理"]
            : ["read", "created", "changed", "unchanged", "rejected", "not attempted"]
        let parts = zip(names, counts).map { language == .chinese ? "\($0) \(number($1))" : "\(number($1)) \($0)" }
        let separator = language == .chinese ? "，" : ", "
        let pieces = parts[0] + " = " + parts.dropFirst().joined(separator: " + ")
        let dry = isDryRun ? (language == .chinese ? "试运行：" : "dry run: ") : ""
        return dry + pieces + separator + TextCount.duration(elapsed) + separator + TextCount.rate(recordsPerSecond)
    }

    /// One JSON document.
    func json() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            for (name, count) in [
                ("read", tally.readCount), ("created", tally.createdCount), ("changed", tally.changedCount),
                ("unchanged", tally.unchangedCount), ("rejected", tally.rejectedCount),
                ("not_attempted", tally.notAttemptedCount),
            ] {
                json.key(name)
                json.number(count)
            }
            json.key("dry_run")
            json.boolean(isDryRun)
            json.key("seconds")
            json.number(elapsed / .seconds(1))
            json.key("records_per_second")
            json.number(recordsPerSecond.rounded())
            json.key("rejects_file")
            if let rejectsPath { json.string(rejectsPath) } else { json.null() }
            json.key("errors")
            json.array { json in
                for group in faults.sorted { Self.write(group, to: &json) }
            }
            if let verification {
                json.key("verified")
                json.number(verification.lookedUpCount)
                json.key("verified_wrong")
                json.number(verification.wrong.count)
            }
        }
        json.endLine()
        return json.take()
    }

    private static func write(_ group: FaultGroups.Group, to json: inout JSONText) {
        json.object { json in
            json.key("code")
            json.string(group.code)
            json.key("count")
            json.number(group.count)
            json.key("first")
            json.string(group.firstMessage)
        }
    }
}
