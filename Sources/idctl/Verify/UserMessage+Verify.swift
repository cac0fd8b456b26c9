internal import Console
internal import StorageLMDB

extension UserMessage {
    /// Something stored is not what was written.
    static func damage(_ report: DamageReport) -> UserMessage {
        let place = report.fileOffset.map { " @\($0)" } ?? ""
        let (english, chinese) = names(of: report.part)
        return UserMessage(
            "E-VERIFY-001",
            english: "\(english) is damaged: key \(report.keyHex)\(place)",
            chinese: "\(chinese)已损坏：键 \(report.keyHex)\(place)",
            adviceEnglish: "restore it from a backup",
            adviceChinese: "请从备份恢复"
        )
    }

    /// What an operator does when something stored is damaged.
    static var whatToDoAboutDamage: UserMessage {
        UserMessage(
            "E-VERIFY-005",
            english: "stored data is damaged; the node answers code 2 for it, and never a wrong value",
            chinese: "已存数据有损坏；节点对其返回代码 2，绝不返回错误的值",
            adviceEnglish: "check the disk and the kernel's log; stop the node, then idctl restore BACKUP --data DIR",
            adviceChinese: "请检查磁盘和内核日志；停止节点后运行 idctl restore 备份文件 --data 目录"
        )
    }

    /// A row is not what the change log gives when it is replayed.
    static func replayDiffers(table: String, key: [UInt8]) -> UserMessage {
        UserMessage(
            "E-VERIFY-006",
            english: "\(table): \(TerminalText.safe(key)) is not what the change log gives",
            chinese: "\(table)：\(TerminalText.safe(key)) 与变更日志重放结果不一致",
            adviceEnglish: "see its history, and compare with a backup",
            adviceChinese: "请查看其变更历史，并与备份比对"
        )
    }

    private static func names(of part: DamageReport.Part) -> (english: String, chinese: String) {
        switch part {
        case .record: ("a record", "记录")
        case .logEntry: ("an entry of the change log", "变更日志条目")
        case .row(let table): ("a row of the table \(table)", "表 \(table) 的一行")
        case .mismatch: ("a record, or its entry in the change log,", "记录或其日志条目")
        }
    }

    /// The server does not answer any more.
    static func verificationStopped(_ server: String, _ why: SystemReason, answered: Int) -> UserMessage {
        UserMessage(
            "E-VERIFY-002",
            english: "\(server): \(why.text.english), after \(TextCount.grouped(answered)) answers",
            chinese: "\(server)：\(why.text.chinese)，此前已收到 \(TextCount.grouped(answered)) 个应答",
            adviceEnglish: "check that the node runs, and verify again",
            adviceChinese: "请确认节点正在运行后重新核对"
        )
    }

    /// Rows of the file that cannot be read as records.
    static func unreadableRows(_ count: Int, path: String) -> UserMessage {
        UserMessage(
            "E-VERIFY-003",
            english: "\(TextCount.grouped(count)) rows of the file cannot be read and were not compared",
            chinese: "文件中有 \(TextCount.grouped(count)) 行无法读取，未作比对",
            adviceEnglish: "idctl import --dry-run says why",
            adviceChinese: "可用 idctl import --dry-run 查看原因",
            at: MessagePlace(file: path)
        )
    }

    /// Messages from the server that nobody can read.
    static func malformedAnswer(_ server: String) -> UserMessage {
        UserMessage(
            "E-VERIFY-004",
            english: "\(server) sends what is no answer to a request of ours",
            chinese: "\(server) 发来的不是对本次请求的应答"
        )
    }
}
