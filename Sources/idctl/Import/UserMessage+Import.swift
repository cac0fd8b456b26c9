internal import Console
internal import RecordFiles

extension UserMessage {
    /// A record file cannot be read or written.
    static func recordFile(_ error: RecordFileError, path: String) -> UserMessage {
        UserMessage(
            MessageCode(error.code),
            english: error.message(.english),
            chinese: error.message(.chinese),
            at: MessagePlace(file: path)
        )
    }

    /// More records were refused than allowed; nothing has been written.
    static func tooManyRejects(path: String) -> UserMessage {
        UserMessage(
            "E-IMPORT-110",
            english: "too many records are refused; nothing was written",
            chinese: "被拒绝的记录过多，未写入任何数据",
            adviceEnglish: "correct the input, or raise --max-rejects",
            adviceChinese: "请改正输入，或调高 --max-rejects",
            at: MessagePlace(file: path)
        )
    }

    /// The sample that was looked up afterwards has other values than the file.
    static func verificationFailed(_ wrong: [[UInt8]]) -> UserMessage {
        let first = wrong.first.map { TerminalText.safe($0) } ?? ""
        return UserMessage(
            "E-IMPORT-111",
            english: "\(wrong.count) of the identifiers looked up do not have the imported values, the first: \(first)",
            chinese: "抽查发现 \(wrong.count) 个标识的值与导入的不同，首个：\(first)",
            adviceEnglish: "check the store with: idctl verify-db",
            adviceChinese: "请用 idctl verify-db 检查数据"
        )
    }

    /// Not all refused records could be kept in mind for the rejects file.
    static func rejectsIncomplete(_ count: Int, path: String) -> UserMessage {
        UserMessage(
            "W-IMPORT-112",
            english: "\(count) further refused records are not in the rejects file",
            chinese: "另有 \(count) 条被拒绝的记录未写入拒绝文件",
            adviceEnglish: "correct these and import the file again",
            adviceChinese: "请先改正已列出的记录，再重新导入",
            at: MessagePlace(file: path)
        )
    }

    /// Where the refused records are.
    static func rejectsWritten(path: String) -> UserMessage {
        UserMessage(
            "W-IMPORT-113",
            english: "the refused records are in the rejects file",
            chinese: "被拒绝的记录已写入拒绝文件",
            adviceEnglish: "correct them there and import that file",
            adviceChinese: "请在其中改正后导入该文件",
            at: MessagePlace(file: path)
        )
    }

    /// Ctrl-C came while rows were being written.
    static func finishingWrite() -> UserMessage {
        UserMessage(
            "W-IMPORT-114",
            english: "the rows that were read are still being written; Ctrl-C again ends at once",
            chinese: "正在写入已读取的记录；再按 Ctrl-C 立即结束",
            adviceEnglish: "importing the same file again completes it",
            adviceChinese: "再次导入同一文件即可补全"
        )
    }
}
