internal import Console

extension UserMessage {
    /// The command line cannot be read; `reason` is the parser's sentence, which is in English.
    static func wrongCommandLine(_ reason: String) -> UserMessage {
        UserMessage(
            "E-USAGE-004",
            english: reason,
            chinese: "命令行有误：\(reason)",
            adviceEnglish: "see --help",
            adviceChinese: "请参阅 --help"
        )
    }
}
