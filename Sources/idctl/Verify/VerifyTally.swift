internal import Console

/// What came of the rows of a file that were looked up.
struct VerifyTally: Equatable {
    /// Rows that hold a record.
    var readCount = 0
    /// Answered with the very values.
    var sameCount = 0
    /// Answered with other values, or with an error.
    var differentCount = 0
    /// Not there.
    var missingCount = 0
    /// Not answered.
    var unansweredCount = 0
    /// Rows that hold no record.
    var unreadableCount = 0

    mutating func note(_ outcome: LookupOutcome) {
        switch outcome {
        case .same: sameCount += 1
        case .missing: missingCount += 1
        case .unanswered: unansweredCount += 1
        case .differs, .refused, .malformed: differentCount += 1
        }
    }

    /// How the program ends: what is worst decides.
    var exit: ProgramExit {
        if unansweredCount > 0 { return .outcomeUnknown }
        if differentCount > 0 { return .conflict }
        if missingCount > 0 { return .notFound }
        return unreadableCount > 0 ? .partlyDone : .done
    }

    /// The summary in one line, which adds up.
    func summary(transport: String, elapsed: Duration, language: Language) -> String {
        let counts = [readCount, sameCount, differentCount, missingCount, unansweredCount]
        let names =
            language == .chinese
            ? ["核对", "一致", "不同", "缺失", "无应答"] : ["looked up", "same", "different", "missing", "unanswered"]
        let parts = zip(names, counts).map { name, count in
            language == .chinese ? "\(name) \(TextCount.grouped(count))" : "\(TextCount.grouped(count)) \(name)"
        }
        let seconds = elapsed / .seconds(1)
        let rate = TextCount.rate(seconds > 0 ? Double(readCount) / seconds : 0)
        return "\(transport): \(parts[0]) = \(parts.dropFirst().joined(separator: " + ")), "
            + "\(TextCount.duration(elapsed)), \(rate)"
    }
}
