internal import ArgumentParser
internal import Console
internal import ResolutionProtocol

/// The options of an import that only one over the wire has.
struct WireImportFlags: ParsableArguments {
    @Flag(help: Speech.help("Go on with an import that was interrupted.", "继续被中断的导入。"))
    var resume = false

    @Flag(help: Speech.help("Begin anew, whatever was interrupted.", "放弃被中断的导入，重新开始。"))
    var restart = false

    @Flag(help: Speech.help("All records or none; up to 10,000, of one prefix.", "全部登记或全不登记；最多 10000 条，同一前缀。"))
    var atomic = false

    @Option(help: Speech.help("Write a receipt for each record (CSV).", "为每条记录写一行回执（CSV）。", name: "file"))
    var receipts: String?

    @Option(help: Speech.help("Messages under way at a time (default 4).", "同时在途的报文数（默认 4）。", name: "n"))
    var jobs: Int?

    @Option(help: Speech.help("Records a second at most.", "每秒最多的记录数。", name: "n"))
    var rate: Double?

    @Option(
        help: Speech.help("Seconds without progress to give up after (default 300).", "多少秒无进展后放弃（默认 300）。", name: "s")
    )
    var giveUp: Double?

    @Option(
        help: Speech.help(
            "Who may change the identifiers: adds HS_ADMIN where a record has none (default: who registers).",
            "谁可以变更标识：为没有 HS_ADMIN 的记录添加（默认为登记者）。",
            name: "index:identifier"
        )
    )
    var admin: String?

    @Flag(
        name: .customLong("no-admin"),
        help: Speech.help("Register the records exactly as they are.", "完全按文件内容登记。")
    )
    var hasNoAdministrator = false

    func validate() throws {
        guard !resume || !restart else {
            throw ValidationError(
                Speech.words("--resume and --restart exclude each other", "--resume 与 --restart 不能同时使用")
            )
        }
        guard (1...64).contains(jobs ?? 1) else {
            throw ValidationError(Speech.words("--jobs is from 1 to 64", "--jobs 取值 1 至 64"))
        }
        guard rate ?? 1 > 0, giveUp ?? 0 >= 0, giveUp ?? 0 <= 86_400 else {
            let (english, chinese) = (
                "--rate is above 0, --give-up from 0 to 86400", "--rate 须大于 0，--give-up 取值 0 至 86400"
            )
            throw ValidationError(Speech.words(english, chinese))
        }
    }

    /// Whether any of them was given.
    var isAnySet: Bool {
        resume || restart || atomic || hasNoAdministrator || receipts != nil || jobs != nil || rate != nil
            || giveUp != nil
            || admin != nil
    }

    /// Their names, for messages.
    var names: String { "--resume, --restart, --atomic, --receipts, --jobs, --rate, --give-up, --admin, --no-admin" }

    /// What they ask for; `creator` administers what is registered unless they say otherwise.
    func options(for file: String, creator: String?) throws(CommandFailure) -> WireImportOptions {
        var options = WireImportOptions(path: file)
        options.resumes = resume
        options.restarts = restart
        options.receiptsPath = receipts
        options.isAtomic = atomic
        options.jobs = jobs ?? options.jobs
        options.rowsPerSecond = rate
        options.patienceSeconds = giveUp ?? options.patienceSeconds
        if let admin {
            options.additions.administrator = try AdministratorValue.make(admin, flag: "--admin")
        } else if let creator, !hasNoAdministrator {
            options.additions.administrator = try AdministratorValue.make(creator, flag: "--auth")
        }
        return options
    }
}
