internal import ArgumentParser
internal import Console
internal import Resolution

/// `idctl id diff`: how an identifier's values differ between two times.
struct IdentifierDiffCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "diff",
            abstract: Speech.words("Compare an identifier at two times.", "比较标识在两个时刻的值。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl id diff 88.118.8/JXDY2106023 --from 2026-05-03 --data /var/lib/hanjiang
                  idctl id diff 88.118.8/JXDY2106023 --from 2026-05-01T00:00:00Z --to 2026-05-03 --data D --json

                A date alone is the first second of that day in Asia/Shanghai. Exit codes: 0 no difference,
                5 differences, 3 the identifier existed at neither time, 1 the log does not go back so far.
                """,
                """
                示例：
                  idctl id diff 88.118.8/JXDY2106023 --from 2026-05-03 --data /var/lib/hanjiang
                  idctl id diff 88.118.8/JXDY2106023 --from 2026-05-01T00:00:00Z --to 2026-05-03 --data D --json

                只给日期时，指北京时间当天的第一秒。退出码：0 无差异；5 有差异；3 两个时刻均不存在；1 日志已不含该时刻。
                """
            )
        )
    }

    @Argument(help: Speech.help("The identifier.", "标识。"))
    var identifier: String

    @Option(help: Speech.help("The earlier time.", "较早的时刻。", name: "time"))
    var from: String

    @Option(help: Speech.help("The later time; now if left out.", "较晚的时刻，默认为当前。", name: "time"))
    var to: String?

    @OptionGroup var node: NodeOptions

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let name = try IdentifierWording.checked(identifier)
        let (old, new) = try records(of: name, session)
        let differences = ValueDifference.between(old.values, new.values)
        if json {
            try session.write(Self.json(name, old, new, differences))
        } else {
            try session.print([old.line(session), new.line(session)])
            let none = [session.words("no difference", "无差异")]
            try session.print(
                differences.isEmpty ? none : ValueDifference.lines(differences, language: session.language)
            )
        }
        guard old.isFound || new.isFound else { return .notFound }
        return differences.isEmpty ? .done : .conflict
    }

    /// The identifier at both times.
    private func records(
        of name: [UInt8],
        _ session: Session
    ) throws(CommandFailure) -> (old: HistoricRecord, new: HistoricRecord) {
        let now = MomentText.now()
        var times = [try MomentText.checked(from, flag: "--from", now: now)]
        if let to { times.append(try MomentText.checked(to, flag: "--to", now: now)) }
        if let last = times.last, last < times[0] {
            throw CommandFailure(.timesInWrongOrder(MomentText.text(times[0]), MomentText.text(last)), exit: .usage)
        }
        let (states, present) = try HistoryWalk.states(node, name, at: times, session)
        if states.count == 2 { return (states[0], states[1]) }
        guard let current = HistoricRecord(present) else {
            throw CommandFailure(.presentIsDamaged(name))
        }
        return (states[0], current)
    }

    private static func json(
        _ name: [UInt8],
        _ old: HistoricRecord,
        _ new: HistoricRecord,
        _ differences: [ValueDifference]
    ) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("identifier")
            json.string(name)
            for (key, record) in [("from", old), ("to", new)] {
                json.key(key)
                json.object { record.writeMembers(to: &$0) }
            }
            json.key("differences")
            json.array { json in
                for difference in differences { difference.write(to: &json) }
            }
        }
        json.endLine()
        return json.take()
    }
}
