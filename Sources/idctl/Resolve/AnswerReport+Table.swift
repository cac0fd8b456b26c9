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
        var table = Table(ShownValue.columns(language: language))
        for value in values { table.add(ShownValue.cells(value, language: language)) }
        return table.lines()
    }
}
