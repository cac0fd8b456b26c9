internal import Console
internal import RecordFiles
internal import ResolutionProtocol

extension UserMessage {
    /// Secret keys never leave the node.
    static func secretsLeftOut(_ count: Int) -> UserMessage {
        UserMessage(
            "W-EXPORT-001",
            english: "\(TextCount.grouped(count)) secret keys (HS_SECKEY) were left out: they are never exported",
            chinese: "已略去 \(TextCount.grouped(count)) 个密钥值（HS_SECKEY）：密钥从不导出"
        )
    }

    /// Records that the file's format cannot hold.
    static func unrepresentable(_ count: Int, first: [UInt8], _ error: RecordFileError) -> UserMessage {
        UserMessage(
            "E-EXPORT-002",
            english: "\(TextCount.grouped(count)) records cannot be exported, the first: "
                + "\(TerminalText.safe(first)): \(error.message(.english))",
            chinese: "有 \(TextCount.grouped(count)) 条记录无法导出，首条：\(TerminalText.safe(first))：\(error.message(.chinese))"
        )
    }

    /// Records that are damaged.
    static func damagedRecords(_ count: Int) -> UserMessage {
        UserMessage(
            "E-EXPORT-003",
            english: "\(TextCount.grouped(count)) damaged records were left out",
            chinese: "已略去 \(TextCount.grouped(count)) 条损坏的记录",
            adviceEnglish: "see: idctl verify-db",
            adviceChinese: "请运行 idctl verify-db 查看"
        )
    }

    /// Time stamps that the file's format has no place for.
    static func timestampsLeftOut(_ count: Int) -> UserMessage {
        UserMessage(
            "W-EXPORT-004",
            english:
                "the time stamps of \(TextCount.grouped(count)) values were left out: no place in this format",
            chinese: "已略去 \(TextCount.grouped(count)) 个值的时间戳：此格式无处存放",
            adviceEnglish: "use --format jsonl or csv to keep them, or --no-timestamps to leave them out unsaid",
            adviceChinese: "如需保留请用 --format jsonl 或 csv；无需提示请加 --no-timestamps"
        )
    }

    /// Records with values that the asker may not read.
    static func notReadable(_ count: Int) -> UserMessage {
        UserMessage(
            "W-EXPORT-005",
            english:
                "\(TextCount.grouped(count)) identifiers have values that you may not read: those are not in the file",
            chinese: "有 \(TextCount.grouped(count)) 个标识含有您无权读取的值：这些值不在文件中",
            adviceEnglish: "export with --auth and the key of who administers them",
            adviceChinese: "请以这些标识管理员的 --auth 和密钥导出"
        )
    }

    /// Identifiers that the server did not give.
    static func notGiven(_ count: Int, first: [UInt8], _ code: ResponseCode) -> UserMessage {
        let meaning = ResponseMeaning.text(of: code)
        return UserMessage(
            "E-EXPORT-006",
            english: "the server did not give \(TextCount.grouped(count)) identifiers, the first: "
                + "\(TerminalText.safe(first)): \(meaning.english) (code \(code.rawValue))",
            chinese: "服务器未给出 \(TextCount.grouped(count)) 个标识，首个："
                + "\(TerminalText.safe(first))：\(meaning.chinese)（响应码 \(code.rawValue)）",
            adviceEnglish: "these are not in the file: ask for the first with idctl id get, and export again",
            adviceChinese: "这些标识不在文件中：请用 idctl id get 查询首个标识，然后重新导出"
        )
    }

    /// What was exported.
    static func exported(_ count: Int) -> LocalizedText {
        LocalizedText(
            english: "exported \(TextCount.grouped(count)) records",
            chinese: "已导出 \(TextCount.grouped(count)) 条记录"
        )
    }
}

extension LocalizedText {
    /// How to go on with an export that was cut short.
    static let exportAgain = LocalizedText(english: "export again: nothing was kept", chinese: "请重新导出：未保留任何内容")
}
