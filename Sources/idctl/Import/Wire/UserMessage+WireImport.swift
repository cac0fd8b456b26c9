internal import Console
internal import RecordFiles

extension UserMessage {
    /// The import ended early; `canResume`: what is known is in the journal.
    static func importUnfinished(_ result: ImportResult, canResume: Bool) -> UserMessage {
        UserMessage(
            "E-IMPORT-130",
            english: "the import is not finished: \(result.summary(language: .english))",
            chinese: "导入未完成：\(result.summary(language: .chinese))",
            adviceEnglish: canResume ? "go on with the same command and --resume" : "import the same input again",
            adviceChinese: canResume ? "请在同一命令后加 --resume 继续" : "请重新导入同一输入"
        )
    }

    /// An import of the file was begun and not finished.
    static func unfinishedBefore(path: String) -> UserMessage {
        UserMessage(
            "E-IMPORT-131",
            english: "an import of this file was begun and not finished",
            chinese: "该文件有未完成的导入",
            adviceEnglish:
                "go on with --resume, or begin anew with --restart: registered rows stay, and count as unchanged",
            adviceChinese: "用 --resume 继续，或用 --restart 重新开始（已登记的记录保留，计为未变）",
            at: MessagePlace(file: path)
        )
    }

    /// There is nothing to go on with.
    static func nothingToResume(_ path: String) -> UserMessage {
        UserMessage(
            "E-IMPORT-132",
            english: "there is no journal of an unfinished import",
            chinese: "没有未完成导入的日志",
            adviceEnglish: "import without --resume",
            adviceChinese: "请去掉 --resume 再导入",
            at: MessagePlace(file: path)
        )
    }

    /// The journal is another import's.
    static func otherJournal(_ path: String) -> UserMessage {
        UserMessage(
            "E-IMPORT-133",
            english: "the input, the server or the options have changed since the import was begun",
            chinese: "导入开始后，输入文件、服务器或选项已改变",
            adviceEnglish: "restore them, or begin anew with --restart: registered rows stay, and count as unchanged",
            adviceChinese: "请恢复原状，或用 --restart 重新开始（已登记的记录保留，计为未变）",
            at: MessagePlace(file: path)
        )
    }

    /// The file at the journal's place is none.
    static func notAJournal(_ path: String) -> UserMessage {
        UserMessage(
            "E-IMPORT-134",
            english: "this is no journal of an import",
            chinese: "该文件不是导入日志",
            adviceEnglish: "move it away, or begin anew with --restart",
            adviceChinese: "请移走该文件，或用 --restart 重新开始",
            at: MessagePlace(file: path)
        )
    }

    /// The journal cannot be written: without it nothing more is sent.
    static func cannotKeepJournal(_ path: String, errorNumber: Int32) -> UserMessage {
        let reason = SystemReason(errorNumber: errorNumber)
        return UserMessage(
            "E-IMPORT-135",
            english: "the journal cannot be written: \(reason.text.english)",
            chinese: "无法写入导入日志：\(reason.text.chinese)",
            adviceEnglish: reason.advice?.english,
            adviceChinese: reason.advice?.chinese,
            at: MessagePlace(file: path)
        )
    }

    /// The server is busy or away, and is asked again after a while.
    static func waitingForServer(_ reason: LocalizedText, seconds: Double) -> UserMessage {
        UserMessage(
            "W-IMPORT-136",
            english: "waiting for the server, up to \(Int(seconds)) s: \(reason.english)",
            chinese: "正在等待服务器，最长 \(Int(seconds)) 秒：\(reason.chinese)"
        )
    }

    /// The server was busy for too long.
    static func serverStaysBusy(_ reason: LocalizedText, seconds: Double) -> UserMessage {
        UserMessage(
            "E-IMPORT-137",
            english: "the server took nothing for \(Int(seconds)) s: \(reason.english)",
            chinese: "服务器在 \(Int(seconds)) 秒内未受理任何请求：\(reason.chinese)",
            adviceEnglish: "ask again later, or ask its operator what it is busy with",
            adviceChinese: "请稍后再试，或向运维人员询问其繁忙原因"
        )
    }

    /// The server does not know operation 9001.
    static func serverCannot(_ option: String) -> UserMessage {
        UserMessage(
            "E-IMPORT-138",
            english: "this server takes identifiers one by one only: \(option) is not available",
            chinese: "该服务器只能逐个登记标识，不支持 \(option)",
            adviceEnglish: "leave the option out",
            adviceChinese: "请去掉该选项"
        )
    }

    /// All is registered, but the server was not reached for the sample.
    static func sampleNotResolved(path: String) -> UserMessage {
        UserMessage(
            "W-IMPORT-142",
            english: "the import is done, but the server was not reached to resolve a sample of it",
            chinese: "导入已完成，但无法连接服务器进行抽查",
            adviceEnglish: "look all of it up with: idctl verify \(path) --server HOST:PORT",
            adviceChinese: "请用 idctl verify \(path) --server HOST:PORT 全部核对"
        )
    }

    /// More records than receipts are kept of.
    static func tooManyRecords(path: String) -> UserMessage {
        let count = TextCount.grouped(Int(ReceiptBook.recordCountMax))
        return UserMessage(
            "E-IMPORT-141",
            english: "the file has more than \(count) records, and receipts are kept of no more",
            chinese: "文件超过 \(count) 条记录，超出回执上限",
            adviceEnglish: "split the file",
            adviceChinese: "请拆分文件",
            at: MessagePlace(file: path)
        )
    }

    /// More than can be registered together.
    static func tooManyForASet(path: String) -> UserMessage {
        UserMessage(
            "E-IMPORT-140",
            english: "--atomic takes up to 10,000 records and 7 MiB; nothing was registered",
            chinese: "--atomic 最多 10000 条记录、7 MiB；未登记任何记录",
            adviceEnglish: "split the file, or leave --atomic out",
            adviceChinese: "请拆分文件，或去掉 --atomic",
            at: MessagePlace(file: path)
        )
    }

    /// Too many records were refused; what was registered stays.
    static func stoppedAtRejects(path: String) -> UserMessage {
        UserMessage(
            "E-IMPORT-139",
            english: "too many records are refused; what was registered before stays",
            chinese: "被拒绝的记录过多；此前已登记的记录保留",
            adviceEnglish:
                "raise --max-rejects and go on with --resume, or correct the input and begin anew with --restart",
            adviceChinese: "可调高 --max-rejects 并用 --resume 继续，或改正输入后用 --restart 重新开始",
            at: MessagePlace(file: path)
        )
    }
}
