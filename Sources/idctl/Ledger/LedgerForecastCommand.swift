internal import ArgumentParser
internal import Console
internal import Resolution

/// `idctl ledger forecast`: how far it is to the target, and on which day it is reached.
struct LedgerForecastCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "forecast",
            abstract: Speech.words("Tell when two billion resolutions are reached.", "预测何时达到二十亿次解析。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl ledger forecast --config node.toml
                  idctl ledger forecast audit.ledger --target 500000000 --measure requests

                By the mean of the last 7, 30 and 90 closed days. A window that the ledger does not fill says so.
                """,
                """
                示例：
                  idctl ledger forecast --config node.toml
                  idctl ledger forecast audit.ledger --target 500000000 --measure requests

                按最近 7、30、90 个已结账日的平均值推算；账本天数不足时如实说明。
                """
            )
        )
    }

    @OptionGroup var ledger: LedgerOptions

    @Option(help: Speech.help("The number to reach; usually ledger.target.", "目标次数，默认取 ledger.target。"))
    var target: UInt64?

    @Option(help: Speech.help("successes (usual) or requests.", "successes（默认）或 requests。"))
    var measure: Measure = .successes

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    /// The count that is meant.
    enum Measure: String, CaseIterable, ExpressibleByArgument {
        case successes
        case requests

        var measure: LedgerForecast.Measure {
            switch self {
            case .successes: .successes
            case .requests: .requests
            }
        }
    }

    func validate() throws {
        guard target == 0 else { return }
        throw ValidationError(Speech.words("--target is 1 or more", "--target 至少为 1"))
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let usual = try ledger.bounds().target
        let days = try LedgerDays.read(ledger, session)
        let forecast = LedgerForecast(
            days: days.days.filter(\.isClosed).map { ($0.day, $0.counts) },
            measure: measure.measure,
            total: measure.measure.value(of: days.cumulative),
            target: target ?? usual
        )
        guard let forecast else { throw CommandFailure(.noClosedDay(), exit: .notFound) }
        let report = ForecastReport(forecast, measure.measure)
        if json { try session.write(report.json()) } else { try session.print(report.lines(session)) }
        return .done
    }
}
