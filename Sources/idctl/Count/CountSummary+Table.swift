internal import Console
internal import Resolution
internal import ResolutionProtocol

extension CountSummary {
    /// The counts for a person.
    func lines(language: Language, withSources: Bool, byPrefix: Bool) -> [String] {
        func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }
        var lines = ["\(words("day", "日期")) \(day) (Asia/Shanghai)", ""]
        lines += originTable(words).lines() + [""]
        var sums = Table([Table.Column(""), Table.Column("", .right)])
        sums.add([words("resolution requests (解析请求量)", "解析请求量"), TextCount.grouped(total.requests)])
        sums.add([words("resolution successes (解析成功响应量)", "解析成功响应量"), TextCount.grouped(total.successes)])
        lines += sums.lines()
        for isOutside in [true, false] { lines += latencyLines(isOutside: isOutside, words) }
        if byPrefix { lines += [""] + prefixTable(words).lines() }
        if withSources { lines += [""] + sourceTable(words).lines() }
        return lines
    }

    private func originTable(_ words: (String, String) -> String) -> Table {
        var table = Table([
            Table.Column(words("origin", "来源")), Table.Column(words("received", "收到"), .right),
            Table.Column(words("found", "找到"), .right), Table.Column(words("repeated", "重复"), .right),
        ])
        for origin in origins {
            table.add([origin.name] + [origin.received, origin.found, origin.repeated].map { TextCount.grouped($0) })
        }
        return table
    }

    private func latencyLines(isOutside: Bool, _ words: (String, String) -> String) -> [String] {
        guard let shortest = total.shortest(outside: isOutside), let longest = total.longest(outside: isOutside) else {
            return []
        }
        let name = isOutside ? words("outside", "外部") : words("inside", "内部")
        var line = "\(name): \(words("latency", "时延")) \(Self.text(shortest)) … \(Self.text(longest))"
        if let peak = total.peak(outside: isOutside) {
            line += ", \(words("peak", "峰值")) \(TextCount.grouped(peak.value))/s "
            line += "(\(UTCTime.timeOfDay(peak.secondOfDay)))"
        }
        return [line]
    }

    private static func text(_ extreme: CountTotals.Extreme) -> String {
        let nanoseconds = Int64(clamping: extreme.value)
        return "\(TextCount.duration(.nanoseconds(nanoseconds))) (\(UTCTime.timeOfDay(extreme.secondOfDay)))"
    }

    private func prefixTable(_ words: (String, String) -> String) -> Table {
        var table = Table([
            Table.Column(words("prefix", "前缀")), Table.Column(words("requests", "解析请求量"), .right),
            Table.Column(words("successes", "解析成功响应量"), .right),
        ])
        for prefix in prefixes {
            table.add([
                TerminalText.safe(prefix.name), TextCount.grouped(prefix.counts.requests),
                TextCount.grouped(prefix.counts.successes),
            ])
        }
        return table
    }

    private func sourceTable(_ words: (String, String) -> String) -> Table {
        var table = Table([
            Table.Column(words("source", "来源地址")), Table.Column(words("origin", "来源")),
            Table.Column(words("queries", "请求数"), .right),
        ])
        for source in sources { table.add([source.network, source.origin, TextCount.grouped(source.count)]) }
        if otherSourcesCount > 0 { table.add([words("other", "其他"), "", TextCount.grouped(otherSourcesCount)]) }
        return table
    }
}
