internal import Console
internal import Resolution
internal import ResolutionProtocol

extension HistoryChange {
    /// Hexadecimal digits of a digest in a table; JSON has all of them.
    private static let digitCount = 12

    /// The table of `changes`.
    static func lines(_ changes: [HistoryChange], language: Language) -> [String] {
        func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }
        var table = Table([
            Table.Column(words("number", "序号"), .right), Table.Column(words("time (UTC)", "时间（UTC）")),
            Table.Column(words("action", "动作")), Table.Column(words("values", "值数"), .right),
            Table.Column(words("who", "身份")), Table.Column(words("key", "密钥")),
            Table.Column(words("source", "来源")), Table.Column(words("request", "请求号"), .right),
            Table.Column(words("before", "变更前")), Table.Column(words("after", "变更后")),
        ])
        for change in changes { table.add(change.cells(words)) }
        return table.lines()
    }

    private func cells(_ words: (String, String) -> String) -> [String] {
        let hasValues = action != .prefix
        return [
            "\(sequence)", MomentText.utc(unixSeconds), actionText(words),
            hasValues && action != .deleted ? "\(valueCount)" : "", who(words), key, place,
            audit.map { "\($0.requestID)" } ?? "", hasValues ? Self.text(before) : "",
            hasValues ? Self.text(after) : "",
        ]
    }

    private func actionText(_ words: (String, String) -> String) -> String {
        switch action {
        case .created: words("created", "创建")
        case .changed: words("changed", "变更")
        case .written: words("written", "写入")
        case .deleted: words("deleted", "删除")
        case .loaded: words("loaded", "批量导入")
        case .prefix: prefixText(words)
        case .kept: words("kept (change \(changeSequence))", "基准（变更 \(changeSequence)）")
        }
    }

    private func prefixText(_ words: (String, String) -> String) -> String {
        func text(_ text: LocalizedText) -> String { words(text.english, text.chinese) }
        guard let terms else { return words("prefix given up", "前缀：已放弃") }
        guard terms.state != .withdrawn else { return words("prefix withdrawn", "前缀：已注销") }
        let (state, status) = (text(PrefixWording.text(terms.state)), text(PrefixWording.text(terms.status)))
        return words("prefix \(state), \(status)", "前缀：\(state)，\(status)")
    }

    private func who(_ words: (String, String) -> String) -> String {
        if isOperator { return words("operator", "运维") }
        guard let audit else { return TerminalText.safe(origin) }
        guard let who = audit.administrator else { return words("everyone", "任何人") }
        return "\(who.index):" + TerminalText.safe(who.identifier)
    }

    private var key: String {
        guard let digest = audit?.keyDigest, digest.contains(where: { $0 != 0 }) else { return "" }
        return Self.hexadecimal(digest)
    }

    private var place: String {
        guard let source, let transport else { return transport ?? "" }
        return "\(source)/\(transport)"
    }

    private static func text(_ digest: Digest) -> String {
        switch digest {
        case .of(let bytes): String(hexadecimal(bytes).prefix(digitCount))
        case .none: "-"
        case .unknown: "?"
        }
    }

    /// Two digits a byte.
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        String(decoding: HexadecimalText.lowercased(bytes), as: UTF8.self)
    }
}
