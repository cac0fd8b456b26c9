internal import ArgumentParser
internal import Console
internal import Resolution

/// `idctl ledger show`: the days of a ledger as a table.
struct LedgerShowCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Speech.words("Show the days of a ledger.", "按日查看账本。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl ledger show --config node.toml
                  idctl ledger show audit.ledger --from 2026-01-01 --csv

                The last 30 days, unless --from or --to say otherwise. Days that are not closed yet are marked "open".
                """,
                """
                示例：
                  idctl ledger show --config node.toml
                  idctl ledger show audit.ledger --from 2026-01-01 --csv

                默认显示最近 30 天，可用 --from、--to 指定。尚未结账的日期标为“未结”。
                """
            )
        )
    }

    private static let dayCountUsual = 30

    @OptionGroup var ledger: LedgerOptions

    @Option(help: Speech.help("The first day.", "起始日期。", name: "yyyy-MM-dd"))
    var from: String?

    @Option(help: Speech.help("The last day.", "结束日期。", name: "yyyy-MM-dd"))
    var to: String?

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @Flag(help: Speech.help("Print CSV.", "输出 CSV。"))
    var csv = false

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard json, csv else { return }
        throw ValidationError(Speech.words("--json and --csv exclude each other", "--json 与 --csv 不能同时使用"))
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let (first, last) = (try LedgerDayOption.day(from, "--from"), try LedgerDayOption.day(to, "--to"))
        let percentMax = try ledger.bounds().sharePercentMax
        var days = try LedgerDays.read(ledger, session).days
        if first == nil, last == nil { days = Array(days.suffix(Self.dayCountUsual)) }
        days = days.filter { (first ?? $0.day) <= $0.day && $0.day <= (last ?? $0.day) }
        let listing = LedgerListing(days: days, percentMax: percentMax)
        if json {
            try session.write(listing.json())
        } else {
            try session.print(csv ? listing.csv() : listing.lines(session))
        }
        for day in days {
            guard let share = day.share, share.isOver(percent: percentMax) else { continue }
            session.inform(.sourceDominates(day.day.text, share, percentMax: percentMax))
        }
        return .done
    }
}
