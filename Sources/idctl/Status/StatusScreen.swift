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
        addLedger()
        addRoute()
        addGuardian()
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

    /// How far days are closed, and whether one source network dominates.
    private mutating func addLedger() {
        guard let entries = report.number("entries", in: "ledger") else { return }
        let closed = report.text("closed_through", in: "ledger").flatMap { $0.isEmpty ? nil : $0 }
        let failed = report.text("failure", in: "ledger").map { words("FAILED: \($0)", "失败：\($0)") }
        let through = closed.map { words("closed through \($0)", "已结账至 \($0)") }
        let count = words("entries ", "条目 ") + TextCount.grouped(entries)
        add("ledger", "账本", [failed, through, count])
        let shares = [
            dominance("largest_source", "last day closed", "最近结账日"),
            dominance("largest_source_today", "today", "当日"),
        ]
        guard shares.contains(where: { $0 != nil }) else { return }
        add("ONE SOURCE DOMINATES", "来源占比过高", shares)
    }

    private func dominance(_ name: String, _ english: String, _ chinese: String) -> String? {
        guard let share = report.tree["ledger"]?[name], share["dominates"] == .word("true"),
            let network = share["network"]?.text, case .word(let percent)? = share["percent"]
        else { return nil }
        return words(english, chinese) + " \(network) \(percent) %"
    }

    /// Whether the level above has this node's site, where that is kept.
    private mutating func addRoute() {
        guard let state = report.text("state", in: "route"), state != "off" else { return }
        let serial = report.number("serial", in: "route").map { words("serial \($0)", "序列号 \($0)") }
        let failure = report.text("failure", in: "route").map { words("FAILING: \($0)", "失败：\($0)") }
        let checked = ago("checked_unix_seconds", in: "route")
        add("site above", "上级中的站点", [failure ?? word("state", in: "route"), serial, checked])
    }

    /// Which servers of delegated prefixes answer, where any are watched.
    private mutating func addGuardian() {
        let counts = GuardianWording.states.map { name, text in
            (text[language], report.number(name, in: "guardian") ?? 0)
        }
        guard report.tree["guardian"]?["enabled"] == .word("true"), counts.contains(where: { $0.1 > 0 }) else { return }
        var parts: [String?] = counts.map { name, count in "\(name) \(TextCount.grouped(count))" }
        if report.tree["guardian"]?["isolated"] == .word("true") { parts.append(words("NOBODY ANSWERS", "全部无应答")) }
        if let failure = report.text("failure", in: "guardian") {
            parts.append(words("EVENTS NOT RECORDED: \(failure)", "事件无法记录：\(failure)"))
        }
        add("delegated servers", "委派服务器", parts)
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
        addRateLimit()
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

    /// Whom the limit by UDP keeps back, where it does.
    private mutating func addRateLimit() {
        let networks = report.limitedNetworks.prefix(4).joined(separator: ", ")
        let lately = networks.isEmpty ? nil : words("lately \(networks)", "近期 \(networks)")
        let names =
            report.text("mode", in: "rate_limit") == "dry-run"
            ? ["requests_over_packets_dry_run", "requests_over_bytes_dry_run"]
            : ["requests_limited_by_packets", "requests_limited_by_bytes"]
        guard lately != nil || names.contains(where: { report.number($0, in: "metrics") ?? 0 > 0 }) else { return }
        add(
            "rate limit",
            "限速",
            [
                report.text("mode", in: "rate_limit"), counter(names[0], "by packets", "按包数"),
                counter(names[1], "by bytes", "按字节数"), lately,
            ]
        )
    }

    private mutating func addStorage() {
        let used = words("used", "已用") + " " + bytes("file_bytes", in: "storage")
        let free = report.number("free_bytes", in: "storage").map { words("free", "剩余") + " " + TextCount.bytes($0) }
        let writes = words("writes", "写入") + " " + (report.text("writes", in: "storage") ?? "?")
        let damaged = words("damaged met", "遇到损坏") + " " + count("damaged_records_met", in: "storage")
        add("storage", "存储", [used, free, writes, damaged])
        addWarming()
        addIndex()
        add(
            "administration",
            "管理",
            [("sessions", "会话"), ("changes", "变更"), ("proofs_failed", "认证失败")].map { name, chinese in
                words(name.replacing("_", with: " "), chinese) + " " + count(name, in: "administration")
            }
        )
    }

    /// How far the data file has been brought into memory; nothing where nobody asked for it.
    private mutating func addWarming() {
        guard let state = word("state", in: "warming"), report.text("state", in: "warming") != "off" else { return }
        let passed = report.number("milliseconds", in: "warming").map {
            TextCount.duration(.milliseconds(Int64(clamping: $0)))
        }
        add(
            "warming",
            "预读",
            [
                state, words("read", "已读") + " " + bytes("read_bytes", in: "warming"),
                words("in memory before", "原已在内存") + " " + bytes("resident_bytes", in: "warming"), passed,
            ]
        )
    }

    /// Nothing where the node has no index.
    private mutating func addIndex() {
        guard let hints = report.number("index_hints", in: "storage"),
            let capacity = report.number("index_capacity", in: "storage")
        else { return }
        let (count, limit) = (TextCount.grouped(hints), TextCount.grouped(capacity))
        let growing = report.number("index_growing_capacity", in: "storage").flatMap { capacity in
            capacity > 0 ? words("growing to ", "正在扩大到 ") + TextCount.grouped(capacity) : nil
        }
        let isFull = report.number("index_full", in: "storage") ?? 0 > 0
        let full = isFull ? words("FULL: see storage.index_memory_max", "已满：见 storage.index_memory_max") : nil
        let kinds = [("hits", "命中"), ("stale", "陈旧"), ("absent", "未收录"), ("bypassed", "绕过")]
        add(
            "index",
            "索引",
            [words("\(count) of \(limit)", "\(count)（容量 \(limit)）"), growing, full]
                + kinds.map { name, chinese in words(name, chinese) + " " + self.count("index_" + name, in: "storage") }
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
        "under-way": "进行中", "too-large": "文件过大，未预读", "stopped": "已中止", "applied": "已生效", "unchanged": "无变化",
        "refused": "被拒绝", "waiting": "待重启生效", "current": "一致", "unknown": "未知",
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
