internal import Console
internal import ResolutionProtocol

/// A stored value as it is shown: what is in a secret key stays out.
enum ShownValue {
    /// Secret keys, subtypes included.
    private static let secretTypes = Array("HS_SECKEY.".utf8)

    static func isSecret(_ value: HandleValue) -> Bool {
        ValueType.selects(secretTypes.span.bytes, value.type.span.bytes)
    }

    /// Its JSON form; the data of a secret key is `{"format":"withheld","value":""}`.
    static func json(_ value: HandleValue) -> JSONTree {
        guard isSecret(value) else { return value.json(alwaysPermissions: true) }
        var shown = value
        shown.data = []
        guard case .object(let members) = shown.json(alwaysPermissions: true) else { return .object([]) }
        let withheld = JSONTree.object([
            JSONTree.Member("format", .string("withheld")), JSONTree.Member("value", .string("")),
        ])
        return .object(members.map { $0.name == "data" ? JSONTree.Member("data", withheld) : $0 })
    }

    /// Its cells in a table, in the order of `columns`.
    static func cells(_ value: HandleValue, language: Language) -> [String] {
        let isChinese = language == .chinese
        return [
            "\(value.index)", TerminalText.safe(value.type), value.permissions.digits,
            value.ttlType == 0 ? "\(value.ttl)" : UTCTime.text(Int64(value.ttl)),
            value.timestamp == 0 ? "" : UTCTime.text(Int64(Int32(bitPattern: value.timestamp))),
            isSecret(value) ? (isChinese ? "（密钥不显示）" : "(secret, not shown)") : dataText(of: value),
        ]
    }

    /// The columns of a table of values.
    static func columns(language: Language) -> [Table.Column] {
        let isChinese = language == .chinese
        return [
            Table.Column(isChinese ? "索引" : "index", .right), Table.Column(isChinese ? "类型" : "type"),
            Table.Column(isChinese ? "权限" : "perm"), Table.Column("TTL", .right),
            Table.Column(isChinese ? "时间" : "timestamp"), Table.Column(isChinese ? "数据" : "data"),
        ]
    }

    /// Text as it is, anything else in its JSON form.
    static func dataText(of value: HandleValue) -> String {
        let form = ValueDataForm(type: value.type, data: value.data)
        if case .string(let text) = form { return TerminalText.safe(text) }
        var json = JSONText()
        json.tree(form.json)
        return TerminalText.safe(json.take())
    }
}
