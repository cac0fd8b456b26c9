internal import Console
internal import EventLoop
internal import StorageLMDB

/// The node's own messages.
extension UserMessage {
    static func invalidPrefix(_ prefix: String) -> UserMessage {
        UserMessage(
            "E-NODE-001",
            english: "\"\(prefix)\" is not a prefix",
            chinese: "“\(prefix)”不是前缀",
            adviceEnglish: "give segments separated by full stops, such as 88.118",
            adviceChinese: "请用点分隔各段，例如 88.118"
        )
    }

    static func store(_ error: StoreError) -> UserMessage {
        let (english, chinese) = error.messages
        return UserMessage("E-NODE-010", english: english, chinese: chinese)
    }

    static func cannotListen(_ error: EventLoopError) -> UserMessage {
        guard case .addressInUse(let address, let kind, let holder) = error else {
            return UserMessage(
                "E-NODE-021",
                english: "\(error)",
                chinese: "无法监听：\(error)",
                adviceEnglish: "check [[listen]] in the configuration",
                adviceChinese: "请检查配置中的 [[listen]]"
            )
        }
        let who = holder.map { " (\($0.program), pid \($0.processID))" } ?? ""
        return UserMessage(
            "E-NODE-020",
            english: "\(kind) address \(address) is in use by another process\(who)",
            chinese: "\(kind) 地址 \(address) 已被其他进程占用\(who)",
            adviceEnglish: "stop that process or choose another port in [[listen]]",
            adviceChinese: "请停止该进程，或在 [[listen]] 中改用其他端口"
        )
    }

    static func cannotControl(_ error: EventLoopError) -> UserMessage {
        UserMessage(
            "E-NODE-023",
            english: "cannot open the control socket: \(error)",
            chinese: "无法打开控制套接字：\(error)",
            adviceEnglish: "check [control] socket in the configuration",
            adviceChinese: "请检查配置中的 [control] socket"
        )
    }

    static func keyReadableByOthers(file: String) -> UserMessage {
        UserMessage(
            "E-NODE-026",
            english: "\(file) can be read by others",
            chinese: "\(file) 可被其他用户读取",
            adviceEnglish: "chmod 600 \(file)",
            adviceChinese: "请执行 chmod 600 \(file)"
        )
    }

    static func notAKey(file: String) -> UserMessage {
        UserMessage(
            "E-NODE-027",
            english: "\(file) holds no private key that can be used",
            chinese: "\(file) 不含可用的私钥",
            adviceEnglish:
                "put the node's key back from a backup; without it, take the file away and a new one is made",
            adviceChinese: "请从备份恢复节点私钥；若没有备份，删除该文件后将生成新密钥"
        )
    }
}
