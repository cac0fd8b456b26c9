internal import Console
internal import ResolutionProtocol

/// What a running node says of the addresses that it watches, for a person.
struct GuardianListing {
    private let report: JSONTree
    private let language: Language

    init(_ report: JSONTree, language: Language) {
        self.report = report
        self.language = language
    }

    /// A line in sum, then a table of addresses: `all`, or those alone that do not answer.
    func lines(all: Bool) -> [String] {
        var table = Table([
            Table.Column(words("address", "地址")), Table.Column(words("state", "状态")),
            Table.Column(words("since (UTC)", "自（UTC）")), Table.Column(words("cause", "原因")),
            Table.Column(words("event", "事件"), .right), Table.Column(words("prefix", "前缀")),
        ])
        let shown = addresses.filter { all || $0["state"]?.text != "alive" }
        for address in shown { table.add(cells(of: address)) }
        return [sum] + (shown.isEmpty ? [] : table.lines())
    }

    private var addresses: [JSONTree] {
        guard case .array(let addresses)? = report["addresses"] else { return [] }
        return addresses
    }

    private var sum: String {
        guard report["enabled"] == .word("true") else {
            return words("off: [guardian] enabled = false", "未启用：[guardian] enabled = false")
        }
        var parts = GuardianWording.states.map { name, text in
            "\(text[language]) \(number(name, of: report).map { TextCount.grouped($0) } ?? "?")"
        }
        if let count = number("unwatched", of: report), count > 0 {
            parts.append(words("not watched ", "未监测 ") + TextCount.grouped(count))
        }
        if report["isolated"] == .word("true") {
            parts.append(words("NOBODY ANSWERS: check this node's network", "全部无应答：请检查本节点网络"))
        }
        if let failure = report["failure"]?.text {
            parts.append(words("EVENTS ARE NOT RECORDED: \(failure)", "事件无法记录：\(failure)"))
        }
        return parts.joined(separator: "  ")
    }

    private func cells(of address: JSONTree) -> [String] {
        let more = (number("prefixes", of: address) ?? 1) - 1
        let prefix = address["prefix"]?.text ?? ""
        return [
            address["address"]?.text ?? "?", GuardianWording.state(address["state"]?.text ?? "?")[language],
            number("since_unix_seconds", of: address).map { MomentText.utc($0) } ?? "",
            address["failure"]?.text.map { GuardianWording.cause($0)[language] } ?? "",
            number("event", of: address).map { "\($0)" } ?? "", more > 0 ? "\(prefix) +\(more)" : prefix,
        ]
    }

    private func number(_ name: String, of tree: JSONTree) -> UInt64? {
        guard case .word(let word)? = tree[name] else { return nil }
        return UInt64(word)
    }

    private func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }
}
