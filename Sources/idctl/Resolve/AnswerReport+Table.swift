internal import Console
internal import ResolutionProtocol

extension AnswerReport {
    /// The answer for a person: a table of its values, or what the code says.
    func lines(language: Language) -> [String] {
        if code == .success { return valueLines(language: language) }
        let meaning = ResponseMeaning.text(of: code)[language]
        var line =
            "\(TerminalText.safe(identifier)): \(meaning) (\(language == .chinese ? "响应码" : "code") \(code.rawValue))"
        if !errorText.isEmpty { line += ": \(TerminalText.safe(errorText))" }
        if case .referral(let referral) = answer.body, !referral.identifier.isEmpty {
            line += ": \(TerminalText.safe(referral.identifier))"
        }
        return [line] + (values.isEmpty ? [] : valueLines(language: language))
    }

    private func valueLines(language: Language) -> [String] {
        let isChinese = language == .chinese
        var table = Table([
            Table.Column(isChinese ? "索引" : "index", .right), Table.Column(isChinese ? "类型" : "type"),
            Table.Column(isChinese ? "权限" : "perm"), Table.Column("TTL", .right),
            Table.Column(isChinese ? "时间" : "timestamp"), Table.Column(isChinese ? "数据" : "data"),
        ])
        for value in values {
            table.add([
                "\(value.index)", TerminalText.safe(value.type), value.permissions.digits,
                value.ttlType == 0 ? "\(value.ttl)" : UTCTime.text(Int64(value.ttl)),
                value.timestamp == 0 ? "" : UTCTime.text(Int64(Int32(bitPattern: value.timestamp))),
                Self.dataText(of: value),
            ])
        }
        return table.lines()
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
