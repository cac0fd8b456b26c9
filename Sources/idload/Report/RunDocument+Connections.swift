internal import Console

extension RunDocument {
    /// How long connections live; nil: as long as the run.
    var turnover: LocalizedText? {
        plan.questionsPerConnection.map { TextCount.grouped($0) }.map { count in
            LocalizedText(english: " at a time for \(count) each", chinese: "（同时），每个连接查询 \(count) 次")
        }
    }

    /// What became of connections, where there is something to tell.
    var connectionCounts: [CountLine] {
        let tally = result.tally
        var lines: [CountLine] = []
        if plan.questionsPerConnection != nil {
            let rate = TextCount.rate(Double(tally.connected) / max(1e-9, result.seconds))
            let name = LocalizedText(english: "connected", chinese: "建立连接")
            let note = LocalizedText(english: rate, chinese: rate)
            lines.append(CountLine(key: "connected", name: name, count: tally.connected, note: note))
        }
        if tally.unconnected > 0 {
            let name = LocalizedText(english: "not connected", chinese: "未能连接")
            lines.append(CountLine(key: "unconnected", name: name, count: tally.unconnected, note: nil))
        }
        return lines
    }

    /// What to do about ports that were not left.
    func portLines(_ language: Language) -> [String] {
        guard result.tally.withoutPort > 0 else { return [] }
        return [
            LocalizedText(
                english: "closed connections hold their ports for a minute: lower the rate, raise --per-connection, "
                    + "or give further --source-addresses",
                chinese: "已关闭的连接仍占用端口一分钟：请降低速率、增大 --per-connection，"
                    + "或用 --source-addresses 增加本机地址"
            )[language]
        ]
    }
}
