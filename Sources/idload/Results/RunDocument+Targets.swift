internal import Console

extension RunDocument {
    /// One object for each target; where there is one only, its times are those of the whole.
    func writeTargets(_ json: inout JSONText) {
        json.key("targets")
        json.array { json in
            for channel in result.channels {
                json.object { json in write(channel, &json) }
            }
        }
    }

    private func write(_ channel: ChannelResult, _ json: inout JSONText) {
        json.member("target", "\(channel.target.address)")
        json.member("protocol", channel.target.carrier.rawValue)
        json.member("weight", channel.target.weight)
        Self.writeCounts(channel.tally, &json)
        Self.writeResponse(channel.tally, &json)
        guard result.channels.count > 1 else { return }
        Self.write([("response", channel.tally.response), ("service", channel.tally.service)], &json)
    }

    /// What each of several targets came to, as cells beneath `targetNames`; none where there is one target.
    func targetCells(_ language: Language) -> [[String]] {
        guard result.channels.count > 1 else { return [] }
        return result.channels.map { channel in
            let tally = channel.tally
            let counts = [tally.sent, tally.answered, tally.wrong, tally.lost].map { TextCount.grouped($0) }
            let times = [50, 99, 100].map { timeText(tally.microseconds(atPercentile: $0)) }
            return ["\(channel.target)", "\(channel.target.weight)"] + counts + times
        }
    }

    static func targetNames(_ language: Language) -> [String] {
        language == .chinese
            ? ["目标", "权重", "已发送", "已应答", "错误", "丢失", "p50", "p99", "max"]
            : ["target", "weight", "sent", "answered", "wrong", "lost", "p50", "p99", "max"]
    }

    /// A line for each of several targets.
    func targetLines(_ language: Language) -> [String] {
        let cells = targetCells(language)
        guard !cells.isEmpty else { return [] }
        let names = Self.targetNames(language).enumerated()
        var table = Table(names.map { Table.Column($0.element, $0.offset == 0 ? .left : .right) })
        for row in cells { table.add(row) }
        return table.lines()
    }
}
