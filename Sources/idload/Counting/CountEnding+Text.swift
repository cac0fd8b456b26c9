internal import Console

extension CountRun.Ending {
    /// Whether the run's number was reached; nil: it was for none.
    var isReached: Bool? { isCounting ? state.left == 0 : nil }

    /// Whether the two sides do not agree.
    var isUnexplained: Bool { (reconciliation?.unexplained ?? 0) > 0 }

    /// Whether an earlier part had wrong answers.
    func hadWrongBefore(_ result: LoadResult) -> Bool { state.totals.wrong > result.tally.wrong }

    /// The lines for a person, without newlines.
    func lines(_ language: Language) -> [String] {
        let totals = isCounting ? [countLine[language]] + againLines.map { $0[language] } : []
        return totals + (reconciliation?.lines(language) ?? [])
    }

    private var countLine: LocalizedText {
        let (asked, whole) = (TextCount.grouped(state.asked), TextCount.grouped(state.count))
        let answered = TextCount.grouped(state.totals.right + state.totals.wrong)
        let (wrong, lost) = (TextCount.grouped(state.totals.wrong), TextCount.grouped(state.totals.lost))
        let parts = TextCount.grouped(state.partCount)
        return LocalizedText(
            english: "count: \(asked) of \(whole) asked in \(parts) part\(state.partCount == 1 ? "" : "s"); "
                + "answered \(answered), wrong \(wrong), lost \(lost)",
            chinese: "计数：共 \(parts) 次运行，已发出 \(asked)/\(whole)；已应答 \(answered)，错误 \(wrong)，丢失 \(lost)"
        )
    }

    /// How to go on, and what is not known.
    private var againLines: [LocalizedText] {
        var lines: [LocalizedText] = []
        if state.killedPartCount > 0 {
            let (parts, adopted) = (TextCount.grouped(state.killedPartCount), TextCount.grouped(state.adopted))
            lines.append(
                LocalizedText(
                    english: "\(parts) part(s) were killed: of what they sent after their last state the node counted "
                        + "\(adopted), which are among those asked; their answers are not known",
                    chinese: "其中 \(parts) 次被强制终止：其最后状态之后发出的查询，节点计入 \(adopted) 个，已算入发出数；其应答未知"
                )
            )
        }
        if state.left > 0 {
            let left = TextCount.grouped(state.left)
            lines.append(
                LocalizedText(
                    english: "\(left) are left; with --state the same command goes on from here",
                    chinese: "还剩 \(left) 个；使用 --state 时，相同的命令从此处继续"
                )
            )
        }
        return lines
    }

    /// Writes the members for JSON.
    func write(_ json: inout JSONText) {
        if isCounting {
            json.key("count")
            json.object { json in
                let numbers = [
                    ("wanted", state.count), ("asked", state.asked), ("left", state.left), ("parts", state.partCount),
                    ("killed_parts", state.killedPartCount), ("adopted", state.adopted),
                ]
                for (name, number) in numbers {
                    json.key(name)
                    json.number(number)
                }
                json.key("totals")
                json.object { json in
                    for member in CountTotals.members {
                        json.key(member.name)
                        json.number(state.totals[keyPath: member.path])
                    }
                }
            }
        }
        reconciliation?.write(&json)
    }
}
