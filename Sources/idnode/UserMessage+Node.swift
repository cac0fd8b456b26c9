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

    static func prefixOfAnotherRole(_ prefix: String, role: String) -> UserMessage {
        UserMessage(
            "E-NODE-002",
            english: "\"\(prefix)\" is not a prefix of a node of the role \(role)",
            chinese: "“\(prefix)”不是 \(role) 角色节点的前缀",
            adviceEnglish:
                "give --prefix: of three segments or more for enterprise, any for secondary and top; or --role",
            adviceChinese: "请用 --prefix 给出前缀：enterprise 三段以上，secondary 与 top 任意；或改用 --role"
        )
    }

    static var nobodyAbove: UserMessage {
        UserMessage(
            "E-NODE-003",
            english: "a node of the role recursive has nobody to ask",
            chinese: "recursive 角色的节点没有可询问的上级",
            adviceEnglish: "give --above with a server of the top-level node, such as 192.0.2.1:2641",
            adviceChinese: "请用 --above 给出顶级节点的服务器，例如 192.0.2.1:2641"
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

    static func tooFewFiles(limit: Int, needed: Int) -> UserMessage {
        UserMessage(
            "E-NODE-028",
            english: "the process may open \(limit) files, and the node needs \(needed)",
            chinese: "进程最多可打开 \(limit) 个文件，而节点需要 \(needed) 个",
            adviceEnglish: "raise LimitNOFILE in the unit, or ulimit -n, to \(needed) or more",
            adviceChinese: "请将服务单元的 LimitNOFILE 或 ulimit -n 提高到 \(needed) 或以上"
        )
    }

    static func unsuitableLedgerKey(file: String) -> UserMessage {
        UserMessage(
            "E-NODE-029",
            english: "the key cannot sign the resolution ledger",
            chinese: "该密钥不能为解析账本签名",
            adviceEnglish: "give an Ed25519 or SM2 key in [ledger] key, or leave it out",
            adviceChinese: "请在 [ledger] key 中给出 Ed25519 或 SM2 密钥，或不填",
            at: MessagePlace(file: file)
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
