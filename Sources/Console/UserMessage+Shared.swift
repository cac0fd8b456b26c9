/// The messages that all three programs share.
extension UserMessage {
    /// A file could not be opened or read; `errorNumber` is what the system said.
    package static func cannotRead(file: String, errorNumber: Int32) -> UserMessage {
        let reason = SystemReason(errorNumber: errorNumber)
        return UserMessage(
            "E-FILE-001",
            english: "cannot read \(file): \(reason.text.english)",
            chinese: "无法读取 \(file)：\(reason.text.chinese)",
            adviceEnglish: reason.advice?.english,
            adviceChinese: reason.advice?.chinese
        )
    }

    /// A file could not be created or written; `errorNumber` is what the system said.
    package static func cannotWrite(file: String, errorNumber: Int32) -> UserMessage {
        let reason = SystemReason(errorNumber: errorNumber)
        return UserMessage(
            "E-FILE-002",
            english: "cannot write \(file): \(reason.text.english)",
            chinese: "无法写入 \(file)：\(reason.text.chinese)",
            adviceEnglish: reason.advice?.english,
            adviceChinese: reason.advice?.chinese
        )
    }

    /// Standard output could not be written, other than by its reader going away.
    package static func cannotWriteOutput(errorNumber: Int32) -> UserMessage {
        let reason = SystemReason(errorNumber: errorNumber)
        return UserMessage(
            "E-FILE-003",
            english: "cannot write the result: \(reason.text.english)",
            chinese: "无法输出结果：\(reason.text.chinese)",
            adviceEnglish: reason.advice?.english,
            adviceChinese: reason.advice?.chinese
        )
    }

    /// A flag or argument has a value that cannot be used.
    package static func unusableArgument(_ argument: String, value: String, expected: LocalizedText) -> UserMessage {
        UserMessage(
            "E-USAGE-001",
            english: "“\(value)” cannot be used for \(argument)",
            chinese: "\(argument) 的取值“\(value)”不可用",
            adviceEnglish: "give \(expected.english)",
            adviceChinese: "请给出\(expected.chinese)"
        )
    }

    /// A command or flag that does not exist, with the nearest of `known`, if one is near.
    package static func unknownWord(_ word: String, among known: [String]) -> UserMessage {
        let nearest = Suggestion.nearest(word, among: known)
        return UserMessage(
            "E-USAGE-002",
            english: "“\(word)” is not known",
            chinese: "未知的“\(word)”",
            adviceEnglish: nearest.map { "did you mean “\($0)”?" } ?? "see --help",
            adviceChinese: nearest.map { "是否想输入“\($0)”？" } ?? "请参阅 --help"
        )
    }

    /// The command line cannot be read; `reason` is the parser's sentence.
    package static func wrongCommandLine(_ reason: String) -> UserMessage {
        let words = ParserWording.reason(reason)
        return UserMessage(
            "E-USAGE-004",
            english: words.english,
            chinese: "命令行有误：\(words.chinese)",
            adviceEnglish: "see --help",
            adviceChinese: "请参阅 --help"
        )
    }

    /// A question could not be asked: standard input is no terminal, or `--no-input` was given.
    package static func cannotAsk(flag: String) -> UserMessage {
        UserMessage(
            "E-USAGE-003",
            english: "this needs a confirmation and there is nobody to ask",
            chinese: "此操作需要确认，但当前无法提问",
            adviceEnglish: "pass \(flag)",
            adviceChinese: "请加上 \(flag)"
        )
    }

    /// Ctrl-C; `resume` says how to go on from here, if that is possible.
    package static func interrupted(resume: LocalizedText? = nil) -> UserMessage {
        UserMessage(
            "E-RUN-001",
            english: "interrupted",
            chinese: "已中断",
            adviceEnglish: resume?.english,
            adviceChinese: resume?.chinese
        )
    }
}
