internal import Console
internal import RecordFiles

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

    /// What was exported.
    static func exported(_ count: Int) -> LocalizedText {
        LocalizedText(
            english: "exported \(TextCount.grouped(count)) records",
            chinese: "已导出 \(TextCount.grouped(count)) 条记录"
        )
    }
}
