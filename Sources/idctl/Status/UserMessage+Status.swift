internal import Console
internal import ResolutionClient

extension UserMessage {
    /// Nobody answers on the control socket.
    static func nodeUnreachable(_ error: AskError) -> UserMessage {
        UserMessage(
            "E-STATUS-001",
            english: "the node cannot be reached: \(error)",
            chinese: "无法连接节点：\(error.chineseDescription)",
            adviceEnglish: "start it with: idnode run --config FILE",
            adviceChinese: "请用 idnode run --config 文件 启动节点"
        )
    }

    /// The control socket's answer cannot be believed.
    static func nodeAnswersWrongly(_ error: AskError) -> UserMessage {
        UserMessage(
            "E-STATUS-002",
            english: "the node's answer cannot be read: \(error)",
            chinese: "节点的应答无法读取：\(error.chineseDescription)",
            adviceEnglish: "check that idnode and idctl are of the same version",
            adviceChinese: "请确认 idnode 与 idctl 版本一致"
        )
    }

    /// The node answered with an error of its own.
    static func nodeRefuses(_ socket: String, _ text: String) -> UserMessage {
        UserMessage(
            "E-STATUS-003",
            english: "the node refuses: \(text)",
            chinese: "节点拒绝：\(text)",
            at: MessagePlace(file: socket)
        )
    }

    /// What came is no JSON object.
    static func unreadableStatus(_ socket: String) -> UserMessage {
        UserMessage(
            "E-STATUS-004",
            english: "the node's answer is no JSON object",
            chinese: "节点的应答不是 JSON 对象",
            adviceEnglish: "check that idnode and idctl are of the same version",
            adviceChinese: "请确认 idnode 与 idctl 版本一致",
            at: MessagePlace(file: socket)
        )
    }

    /// The node runs and does not answer queries (yet, or any more).
    static func notReady(_ socket: String) -> UserMessage {
        UserMessage(
            "E-STATUS-005",
            english: "the node is not ready",
            chinese: "节点未就绪",
            at: MessagePlace(file: socket)
        )
    }
}
