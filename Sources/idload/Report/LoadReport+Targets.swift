internal import Console

extension LoadReport {
    /// What each of several targets came to, a line each; none where there is one target.
    func targetLines(_ language: Language) -> [String] {
        guard result.channels.count > 1 else { return [] }
        let isChinese = language == .chinese
        let names =
            isChinese
            ? ["目标", "权重", "已发送", "已应答", "错误", "丢失", "p50", "p99", "max"]
            : ["target", "weight", "sent", "answered", "wrong", "lost", "p50", "p99", "max"]
        var table = Table(names.enumerated().map { Table.Column($0.element, $0.offset == 0 ? .left : .right) })
        for channel in result.channels {
            let tally = channel.tally
            let counts = [tally.sent, tally.answered, tally.wrong, tally.lost].map { TextCount.grouped($0) }
            let times = [50, 99, 100].map { timeText(tally.microseconds(atPercentile: $0)) }
            table.add(["\(channel.target)", "\(channel.target.weight)"] + counts + times)
        }
        return table.lines()
    }

    /// One object for each target.
    func writeTargets(_ json: inout JSONText) {
        json.key("targets")
        json.array { json in
            for channel in result.channels {
                json.object { json in write(channel, &json) }
            }
        }
    }

    private func write(_ channel: ChannelResult, _ json: inout JSONText) {
        json.key("target")
        json.string("\(channel.target.address)")
        json.key("protocol")
        json.string(channel.target.carrier.rawValue)
        json.key("weight")
        json.number(channel.target.weight)
        for (name, count) in Self.counts(channel.tally) {
            json.key(name)
            json.number(count)
        }
        writeResponse(channel.tally, &json)
    }
}
