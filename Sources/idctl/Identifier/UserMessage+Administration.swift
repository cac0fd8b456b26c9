internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

extension UserMessage {
    /// A request of an administrator was not done.
    static func notAdministered(_ subject: [UInt8], _ error: AdministrationError) -> UserMessage {
        let name = TerminalText.safe(subject)
        switch error {
        case .refused(let code, let text):
            let meaning = ResponseMeaning.text(of: code)
            let more = text.isEmpty ? "" : ": " + TerminalText.safe(Array(text.utf8))
            return UserMessage(
                "E-ADMIN-001",
                english: "\(name): \(meaning.english) (code \(code.rawValue))\(more)",
                chinese: "\(name)：\(meaning.chinese)（响应码 \(code.rawValue)）\(more)"
            )
        case .asking(let error) where error.failure.isUnreachable:
            return UserMessage(
                "E-ADMIN-002",
                english: "\(error)",
                chinese: "节点无应答：\(error.chineseDescription)",
                adviceEnglish: "check that the node runs, and what became of the change before asking again",
                adviceChinese: "请确认节点正在运行，并在重试前查明变更是否已生效"
            )
        case .asking(let error):
            return UserMessage("E-ADMIN-003", english: "\(error)", chinese: "应答不可信：\(error.chineseDescription)")
        case .unexpectedAnswer:
            return UserMessage("E-ADMIN-004", english: "\(error)", chinese: error.chineseDescription)
        }
    }

    /// Values that cannot be read.
    static func unusableValues(_ place: String, english: String, chinese: String) -> UserMessage {
        UserMessage(
            "E-ADMIN-005",
            english: "these values cannot be used: \(english)",
            chinese: "值不可用：\(chinese)",
            at: MessagePlace(file: place)
        )
    }

    /// The file speaks of another identifier than the command line.
    static func otherIdentifier(_ place: String, _ identifier: [UInt8]) -> UserMessage {
        UserMessage(
            "E-ADMIN-006",
            english: "the file is about \(TerminalText.safe(identifier))",
            chinese: "文件描述的是 \(TerminalText.safe(identifier))",
            adviceEnglish: "name the same identifier on the command line",
            adviceChinese: "请在命令行给出同一标识",
            at: MessagePlace(file: place)
        )
    }
}
