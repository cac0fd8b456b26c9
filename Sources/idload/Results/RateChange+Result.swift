internal import Console
internal import ResolutionProtocol

// Changes of the rate, as results tell them.

extension RateChange {
    /// As `1,000/s to 1,100/s at 3.2 s`.
    var text: LocalizedText {
        let time = TextCount.duration(.seconds(seconds))
        let (before, after) = (TextCount.rate(perSecondBefore), TextCount.rate(perSecond))
        return LocalizedText(english: "\(before) to \(after) at \(time)", chinese: "\(time) 时由 \(before) 改为 \(after)")
    }

    init(_ node: ResultNode) throws(ResultFault) {
        let second = try node.number("second")
        guard second <= Self.secondMax else { throw .wrong("\(node.path).second") }
        self.init(
            nanoseconds: UInt64((second * 1_000).rounded()) * 1_000_000,
            perSecondBefore: try node.number("rate_before"),
            perSecond: try node.number("rate")
        )
    }

    /// No run is longer: 300 years.
    private static let secondMax = 1e10
}

extension [RateChange] {
    private static let shownCountMax = 10

    /// The first of them in one line, and how many there are besides; empty where there are none.
    var text: LocalizedText {
        let shown = prefix(Self.shownCountMax).map(\.text)
        let rest = count - shown.count
        return LocalizedText(
            english: shown.map(\.english).joined(separator: ", ") + (rest > 0 ? ", and \(rest) more" : ""),
            chinese: shown.map(\.chinese).joined(separator: "，") + (rest > 0 ? "，另有 \(rest) 次" : "")
        )
    }
}

extension RunDocument {
    /// That the rate was changed by hand, and when; nil: it was not.
    var rateChangeText: LocalizedText? {
        guard !plan.rateChanges.isEmpty else { return nil }
        let text = plan.rateChanges.text
        return LocalizedText(
            english: "rate changed while the run went on: \(text.english)",
            chinese: "运行中更改了速率：\(text.chinese)"
        )
    }

    func writeRateChanges(_ json: inout JSONText) {
        json.key("rate_changes")
        json.array { json in
            for change in plan.rateChanges {
                json.object { json in
                    json.member("second", change.seconds)
                    json.member("rate_before", change.perSecondBefore)
                    json.member("rate", change.perSecond)
                }
            }
        }
    }

    /// An earlier idload wrote none.
    static func rateChanges(_ root: ResultNode) throws(ResultFault) -> [RateChange] {
        // A merged result has those of all its parts.
        let nodes = try root.list("rate_changes", countMax: RateChanges.countMax * partCountMax)
        var changes: [RateChange] = []
        for node in nodes { changes.append(try RateChange(node)) }
        return changes
    }
}
