internal import Console
internal import ResolutionProtocol

/// What matters of a node's report, on one screen (S11).
struct StatusScreen {
    /// Resolutions by which a node has shown what it is made for.
    static let resolutionGoal: UInt64 = 2_000_000_000

    private let report: StatusReport
    private let rates: StatusRates
    private let language: Language
    /// The clock's time, to say how long ago something was.
    private let unixSeconds: UInt64
    private var table = Table([Table.Column(""), Table.Column("")])

    /// Of `report`; `rates` are empty where nothing came before it.
    init(_ report: StatusReport, rates: StatusRates, language: Language, unixSeconds: UInt64) {
        self.report = report
        self.rates = rates
        self.language = language
        self.unixSeconds = unixSeconds
        addNode()
        addCounts()
        addTraffic()
        addStorage()
        addPast()
    }

    /// The lines.
    var lines: [String] { table.lines() }

    private mutating func addNode() {
        let up = report.number("uptime_seconds").map { TextCount.duration(.seconds(Int64(clamping: $0))) } ?? "?"
        let state = word("state") ?? "?"
        add(
            "node",
            "节点",
            [report.text("program"), report.text("prefix"), words("\(state), up \(up)", "\(state)，已运行 \(up)")]
        )
        let listeners = report.listeners.prefix(4).map { listener in
            let carriers = [("udp", "UDP"), ("tcp", "TCP"), ("tls", "TLS")].filter { listener[$0.0] == .word("true") }
                .map(\.1)
            return ([listener["address"]?.text ?? "?"] + carriers).joined(separator: " ")
        }
        add("listens", "监听", listeners.map { $0 })
        let homed = words("prefixes homed", "托管前缀") + " " + count("prefixes_homed", in: "storage")
        let delegated = words("delegated", "委派") + " " + count("prefixes_delegated", in: "storage")
        add("identifiers", "标识", [count("identifiers", in: "storage"), homed, delegated])
    }

    private mutating func addCounts() {
        let received = counter("resolution_requests", "received", "收到", in: "counting")
        let found = counter("resolution_successes", "found", "成功", in: "counting")
        add("counted today", "当日计数", [report.text("day", in: "counting"), received, found])
        guard let all = report.number("resolution_requests_of_all_days", in: "counting") else { return }
        let share = TextCount.percent(min(all, Self.resolutionGoal), of: Self.resolutionGoal)
        let goal = TextCount.grouped(Self.resolutionGoal)
        add("counted in all", "累计计数", [TextCount.grouped(all), words("\(share) of \(goal)", "\(goal) 的 \(share)")])
    }

    private mutating func addTraffic() {
        add("requests", "请求", [counter("requests_udp", "UDP", "UDP"), counter("requests_tcp", "TCP", "TCP")])
        add(
            "answers",
            "应答",
            [
                counter("answers_success", "success", "成功"),
                counter("answers_identifier_not_found", "not found", "未找到"),
                counter("answers_error", "error", "错误"), counter("answers_busy", "busy", "繁忙"),
            ]
        )
        let dropped = ["datagrams_dropped_by_kernel", "packets_malformed", "requests_refused_busy"]
        add(
            "not answered",
            "未应答",
            [
                counter(dropped[0], "dropped by kernel", "内核丢弃"), counter(dropped[1], "malformed", "格式错误"),
                counter(dropped[2], "refused, busy", "繁忙拒绝"),
            ]
        )
        let limit = report.number("connections_limit").map { TextCount.grouped($0) } ?? "?"
        let open = count("connections_open", in: "metrics")
        add(
            "connections",
            "连接",
            [
                words("\(open) of \(limit)", "\(open)（上限 \(limit)）"),
                counter("connections_accepted", "accepted", "已接受"),
                counter("connections_refused_by_limit", "refused", "已拒绝"),
            ]
        )
    }

    private mutating func addStorage() {
        let used = words("used", "已用") + " " + bytes("file_bytes", in: "storage")
        let free = report.number("free_bytes", in: "storage").map { words("free", "剩余") + " " + TextCount.bytes($0) }
        let writes = words("writes", "写入") + " " + (report.text("writes", in: "storage") ?? "?")
        let damaged = words("damaged met", "遇到损坏") + " " + count("damaged_records_met", in: "storage")
        add("storage", "存储", [used, free, writes, damaged])
        add(
            "administration",
            "管理",
            [("sessions", "会话"), ("changes", "变更"), ("proofs_failed", "认证失败")].map { name, chinese in
                words(name.replacing("_", with: " "), chinese) + " " + count(name, in: "administration")
            }
        )
    }

    private mutating func addPast() {
        let attempt = ago("attempt_unix_seconds", in: "last_backup")
        let size = report.number("bytes", in: "last_backup").map { TextCount.bytes($0) }
        add("last backup", "最近备份", [word("result", in: "last_backup"), attempt, size])
        let reload = ago("unix_seconds", in: "last_reload")
        add("last reload", "最近重载", [word("result", in: "last_reload"), reload])
        let lost = report.number("log_lines_lost") ?? 0
        if lost > 0 { add("log lines lost", "丢失日志行", [TextCount.grouped(lost)]) }
    }

    private mutating func add(_ english: String, _ chinese: String, _ parts: [String?]) {
        table.add([words(english, chinese), parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "  ")])
    }

    private func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }

    /// The Chinese of the words that a node's report has; others stay as they are.
    private static let chineseWords = [
        "ready": "就绪", "draining": "排空中", "never": "从未", "done": "完成", "failed": "失败",
        "applied": "已生效", "unchanged": "无变化", "refused": "被拒绝", "waiting": "待重启生效",
    ]

    private func word(_ name: String, in object: String? = nil) -> String? {
        report.text(name, in: object).map { words($0, Self.chineseWords[$0] ?? $0) }
    }

    private func count(_ name: String, in object: String) -> String {
        report.number(name, in: object).map { TextCount.grouped($0) } ?? "?"
    }

    private func bytes(_ name: String, in object: String) -> String {
        report.number(name, in: object).map { TextCount.bytes($0) } ?? "?"
    }

    /// `UDP 1,234 (56/s)`, without a rate where there is none.
    private func counter(_ name: String, _ english: String, _ chinese: String, in object: String = "metrics") -> String
    {
        let rate = rates[name].flatMap { $0 > 0 ? " (\(TextCount.rate($0)))" : nil } ?? ""
        return words(english, chinese) + " " + count(name, in: object) + rate
    }

    /// `3 h 04 min ago`; nil: never.
    private func ago(_ name: String, in object: String) -> String? {
        guard let time = report.number(name, in: object), time > 0 else { return nil }
        let passed = TextCount.duration(.seconds(Int64(clamping: unixSeconds > time ? unixSeconds - time : 0)))
        return words("\(passed) ago", "\(passed)前")
    }
}
