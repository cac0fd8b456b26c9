internal import Console
internal import Resolution
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
    static func readDifferently(_ reading: Recognition) -> UserMessage {
        UserMessage(
            "W-RESOLVE-005",
            english: "read as “\(TerminalText.safe(reading.asked))”: "
                + reading.changes.map(\.text.english).joined(separator: "; "),
            chinese: "已读作“\(TerminalText.safe(reading.asked))”："
                + reading.changes.map(\.text.chinese).joined(separator: "；"),
            adviceEnglish: "write hdl: and percent-encode it to ask for exactly what you mean",
            adviceChinese: "如需按字面查询，请写成 hdl: 并用百分号编码"
        )
    }

    /// Another system resolves it, or it could mean another thing as well.
    static func recognisedOtherwise(_ reading: Recognition, oidRoot: String) -> UserMessage {
        let told = reading.notes.filter { $0.change == nil }
        let route = reading.route == .none ? nil : reading.route.text(oidRoot: oidRoot)
        let english = [reading.scheme.text.english] + told.map(\.text.english)
        let chinese = [reading.scheme.text.chinese] + told.map(\.text.chinese)
        return UserMessage(
            "W-RESOLVE-006",
            english: (english + (route.map { ["resolved by " + $0.english] } ?? [])).joined(separator: "; "),
            chinese: (chinese + (route.map { ["应由" + $0.chinese + "解析"] } ?? [])).joined(separator: "；"),
            adviceEnglish: "--explain tells all that was recognised",
            adviceChinese: "--explain 说明辨认的全部经过"
        )
    }

    /// The server asked others, who are silent, and gave what it still had of theirs.
    static func staleAnswer(from server: String) -> UserMessage {
        UserMessage(
            "W-RESOLVE-009",
            english: "\(server) gave an answer whose time is over, as the nodes responsible do not answer",
            chinese: "\(server) 给出的是过期应答：负责的节点无应答",
            adviceEnglish: "ask again later for a fresh one",
            adviceChinese: "稍后重查可得到新的应答"
        )
    }

    /// The name under which an OID lies is none that a name server could be asked for.
    static func unusableName(_ name: [UInt8]) -> UserMessage {
        UserMessage(
            "E-RESOLVE-007",
            english: "“\(TerminalText.safe(name))” is too long for the domain name system",
            chinese: "“\(TerminalText.safe(name))”超出域名系统允许的长度",
            adviceEnglish: "255 octets are allowed, those of the root among them",
            adviceChinese: "连同根域名不得超过 255 字节"
        )
    }

    /// The name server does not answer the question.
    static func nameServerRefused(_ code: UInt8, server: String) -> UserMessage {
        let meaning = NameReport.meaning(of: code)
        return UserMessage(
            "E-RESOLVE-008",
            english: "\(server): the name server says: \(meaning.english) (code \(code))",
            chinese: "\(server)：域名服务器应答：\(meaning.chinese)（响应码 \(code)）",
            adviceEnglish: "give a name server that recurses with --dns-resolver",
            adviceChinese: "请用 --dns-resolver 指定可递归的域名服务器"
        )
    }
}
