internal import Console
internal import ResolutionClient

extension UserMessage {
    /// The configuration has no listener with a port of its own.
    static func noListenerInConfiguration(_ path: String) -> UserMessage {
        UserMessage(
            "E-RESOLVE-001",
            english: "the configuration names no listener with a fixed port",
            chinese: "配置中没有固定端口的监听地址",
            adviceEnglish: "give --server HOST:PORT",
            adviceChinese: "请用 --server 主机:端口 指定",
            at: MessagePlace(file: path)
        )
    }

    /// No answer that may be believed came from the server.
    static func noAnswer(_ error: AskError) -> UserMessage {
        let isUnreachable = error.failure.isUnreachable
        return UserMessage(
            isUnreachable ? "E-RESOLVE-002" : "E-RESOLVE-003",
            english: "\(error)",
            chinese: (isUnreachable ? "节点无应答：" : "应答不可信：") + error.chineseDescription,
            adviceEnglish: isUnreachable ? "check the address, and that the node runs" : nil,
            adviceChinese: isUnreachable ? "请检查地址，并确认节点正在运行" : nil
        )
    }

    /// The identifier cannot be asked for.
    static func unusableIdentifier(english: String, chinese: String) -> UserMessage {
        UserMessage(
            "E-RESOLVE-004",
            english: "not an identifier: \(english)",
            chinese: "不是标识：\(chinese)",
            adviceEnglish: "write it as prefix/suffix, such as 88.118.8/JXDY2106023",
            adviceChinese: "请写成 前缀/后缀，例如 88.118.8/JXDY2106023"
        )
    }

    /// What is asked for is not quite what was typed.
    static func readDifferently(_ reading: IdentifierReading) -> UserMessage {
        UserMessage(
            "W-RESOLVE-005",
            english: "read as “\(TerminalText.safe(reading.identifier))”: "
                + reading.changes.map(\.text.english).joined(separator: "; "),
            chinese: "已读作“\(TerminalText.safe(reading.identifier))”："
                + reading.changes.map(\.text.chinese).joined(separator: "；"),
            adviceEnglish: "write hdl: and percent-encode it to ask for exactly what you mean",
            adviceChinese: "如需按字面查询，请写成 hdl: 并用百分号编码"
        )
    }
}
