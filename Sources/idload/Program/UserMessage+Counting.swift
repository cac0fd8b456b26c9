internal import Console

// What is said of runs that are for a number of questions.
extension UserMessage {
    /// A state file of another run.
    static func otherRun(_ path: String, member: String, was: String, now: String) -> UserMessage {
        UserMessage(
            "E-LOAD-021",
            english: "the state is that of another run: its \(member) was “\(was)”, and is “\(now)” here",
            chinese: "状态文件属于另一次运行：其 \(member) 为“\(was)”，本次为“\(now)”",
            adviceEnglish: "repeat the command line of that run, or give another file",
            adviceChinese: "请使用那次运行的命令行，或指定另一个文件",
            at: MessagePlace(file: path)
        )
    }

    /// A state file that is none.
    static func unreadableState(_ path: String) -> UserMessage {
        UserMessage(
            "E-LOAD-022",
            english: "this is no state of a run, or one of a newer version",
            chinese: "这不是运行的状态文件，或来自更新的版本",
            adviceEnglish: "give the file that --state has written, or a new one",
            adviceChinese: "请指定由 --state 写出的文件，或一个新文件",
            at: MessagePlace(file: path)
        )
    }

    /// There is nothing to set side by side where only some parts of a run were looked at.
    static func controlInAllParts(_ path: String) -> UserMessage {
        UserMessage(
            "E-LOAD-023",
            english: "--control must be given in all parts of a run, or in none",
            chinese: "--control 必须在一次运行的各部分都给出，或都不给出",
            adviceEnglish: "do as in the run's first part",
            adviceChinese: "请与该运行的第一部分保持一致",
            at: MessagePlace(file: path)
        )
    }

    /// The node cannot be asked for its counts.
    static func noControl(_ path: String, _ reason: String) -> UserMessage {
        UserMessage(
            "E-LOAD-024",
            english: "the node's counts cannot be read: \(reason)",
            chinese: "无法读取节点的计数：\(reason)",
            adviceEnglish: "give the control socket of the node that is asked, as its user or root: --control \(path)",
            adviceChinese: "请以节点用户或 root 身份指定被查询节点的控制套接字：--control \(path)"
        )
    }

    /// The node does not say what it has counted on all days.
    static func noLedger(_ path: String) -> UserMessage {
        UserMessage(
            "E-LOAD-025",
            english: "the node does not say how many queries it has counted on all days",
            chinese: "节点没有给出所有日期的累计查询数",
            adviceEnglish: "see resolution_requests_of_all_days in idctl status --json, and try again",
            adviceChinese: "请查看 idctl status --json 中的 resolution_requests_of_all_days，然后重试",
            at: MessagePlace(file: path)
        )
    }

    /// Two runs would count for the same number.
    static func stateInUse(_ path: String) -> UserMessage {
        UserMessage(
            "E-LOAD-026",
            english: "another run is using this state",
            chinese: "另一次运行正在使用此状态文件",
            adviceEnglish: "wait until it has ended, or end it",
            adviceChinese: "请等待其结束，或将其终止",
            at: MessagePlace(file: path)
        )
    }

    /// The counts of a run and those of one node do not speak of the same questions.
    static func cannotReconcile(_ obstacle: ReconcileObstacle, path: String) -> UserMessage {
        UserMessage(
            "E-LOAD-063",
            english: "this run cannot be set beside the counts of one node: \(obstacle.reason.english)",
            chinese: "该次运行无法与单个节点的计数对账：\(obstacle.reason.chinese)",
            adviceEnglish: obstacle.advice.english,
            adviceChinese: obstacle.advice.chinese,
            at: MessagePlace(file: path)
        )
    }
}

extension ReconcileObstacle {
    fileprivate var reason: LocalizedText {
        switch self {
        case .warmup:
            LocalizedText(english: "the node counted its warm-up, too", chinese: "节点也计入了其预热部分")
        case .severalParts:
            LocalizedText(english: "its figures are those of its last part", chinese: "其数字仅为最后一部分的")
        case .severalTargets:
            LocalizedText(english: "it asked several targets", chinese: "它查询了多个目标")
        case .nameServer:
            LocalizedText(english: "it asked a name server", chinese: "它查询了域名服务器")
        case .administration:
            LocalizedText(english: "the node counted its look at what it wrote, too", chinese: "节点也计入了其对写入内容的核对")
        }
    }

    fileprivate var advice: LocalizedText {
        switch self {
        case .warmup:
            LocalizedText(english: "run it without --warmup", chinese: "请不带 --warmup 运行")
        case .severalParts:
            LocalizedText(english: "give the file of its --state", chinese: "请给出其 --state 的文件")
        case .administration:
            LocalizedText(english: "run it without --protocol admin", chinese: "请不带 --protocol admin 运行")
        case .severalTargets, .nameServer:
            LocalizedText(english: "run it with one node as its target", chinese: "请仅以一个节点为目标运行")
        }
    }
}
