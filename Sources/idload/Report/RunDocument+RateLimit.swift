internal import Console
internal import EventLoop

/// What is said where the node's limit of datagrams per source network may act on the load (L17).
extension RunDocument {
    /// Of a hundred questions by UDP, so many without an answer are worth the advice.
    private static let lostPercentMin: UInt64 = 1

    func rateLimitLines(_ language: Language) -> [String] {
        guard parts.isEmpty else { return [] }
        return result.channels.filter { $0.target.carrier == .udp }.flatMap { channel -> [String] in
            let tally = channel.tally
            guard tally.sent > 0, tally.lost * 100 >= tally.sent * Self.lostPercentMin else { return [] }
            return Self.advice(
                tally,
                target: channel.target.address,
                networks: networks(towards: channel.target.address)
            )
            .map { $0[language] }
        }
    }

    private static func advice(_ tally: Tally, target: SocketAddress, networks: [String]) -> [LocalizedText] {
        let lost = TextCount.grouped(tally.lost)
        let list = (["127.0.0.0/8", "::1/128"] + networks).map { "\"\($0)\"" }.joined(separator: ", ")
        let line = "    allow = [\(list)]"
        return [
            LocalizedText(
                english: "\(lost) questions to \(target) by UDP had no answer. "
                    + "idnode is silent to networks that are sent too much by UDP: if `idctl status` there shows "
                    + "“rate limit”, it acts on this load. Then write this under [rate_limit] of the node's "
                    + "configuration, and reload it:",
                chinese: "发往 \(target) 的 \(lost) 个 UDP 查询没有应答。idnode 对 UDP 发送过多的网段不作应答："
                    + "若该节点的 idctl status 显示“限速”，说明限速作用于本次测试。"
                    + "请在节点配置的 [rate_limit] 下写入以下一行并重新加载："
            ),
            LocalizedText(english: line, chinese: line),
        ]
    }

    /// The networks that the load comes from, but for loopback's, which are allowed unless somebody has changed that.
    private func networks(towards target: SocketAddress) -> [String] {
        var sources = plan.sources.compactMap { try? SocketAddress(text: $0) }
        if sources.isEmpty, let source = SocketAddress.source(towards: target) { sources = [source] }
        var networks: [String] = []
        for source in sources where !source.isLoopback && source.isMapped == target.isMapped {
            let network = "\(source.sourceNetwork)"
            if !networks.contains(network) { networks.append(network) }
        }
        return networks
    }
}
