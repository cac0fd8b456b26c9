internal import Console
internal import ResolutionProtocol

/// One row that is not answered with its own values, for a person or a program.
struct DifferenceLine {
    let row: Int
    let name: [UInt8]
    let outcome: LookupOutcome
    let transport: String

    /// One line of text.
    func text(_ language: Language) -> String {
        let isChinese = language == .chinese
        let place = isChinese ? "第 \(row) 条" : "row \(row)"
        return "\(transport): \(place): \(TerminalText.safe(name)): \(reason(isChinese: isChinese))"
    }

    private func reason(isChinese: Bool) -> String {
        switch outcome {
        case .same: isChinese ? "一致" : "same"
        case .missing(let code), .refused(let code):
            ResponseMeaning.text(of: code)[isChinese ? .chinese : .english]
                + (isChinese ? "（响应码 \(code.rawValue)）" : " (code \(code.rawValue))")
        case .differs(let indexes):
            (isChinese ? "值不同，索引 " : "other values, index ") + indexes.map(String.init).joined(separator: ", ")
        case .malformed: isChinese ? "应答无法读取" : "the answer cannot be read"
        case .unanswered: isChinese ? "无应答" : "no answer"
        }
    }

    /// One line of JSON.
    func json() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("row")
            json.number(row)
            json.key("identifier")
            json.string(name)
            json.key("transport")
            json.string(transport)
            json.key("outcome")
            json.string(kind)
            if let code {
                json.key("code")
                json.number(code.rawValue)
            }
            if case .differs(let indexes) = outcome {
                json.key("indexes")
                json.array { json in
                    for index in indexes { json.number(index) }
                }
            }
        }
        json.endLine()
        return json.take()
    }

    private var code: ResponseCode? {
        switch outcome {
        case .missing(let code), .refused(let code): code
        default: nil
        }
    }

    private var kind: String {
        switch outcome {
        case .same: "same"
        case .missing: "missing"
        case .refused: "refused"
        case .differs: "different"
        case .malformed: "malformed"
        case .unanswered: "unanswered"
        }
    }
}
