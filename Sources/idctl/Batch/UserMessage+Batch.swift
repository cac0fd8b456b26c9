internal import Console

extension UserMessage {
    /// A line of a script whose words cannot be told apart.
    static func unreadableScriptLine(_ fault: CommandWords.Fault, file: String, line: Int) -> UserMessage {
        switch fault {
        case .openQuote(let column):
            UserMessage(
                "E-BATCH-001",
                english: "a quote begins here and does not end in this line",
                chinese: "此处的引号在本行内没有结束",
                adviceEnglish: "close it, or write \\ before it",
                adviceChinese: "请补全引号，或在其前加 \\",
                at: MessagePlace(file: file, line: line, column: column)
            )
        case .nothingEscaped(let column):
            UserMessage(
                "E-BATCH-002",
                english: "nothing stands behind this \\",
                chinese: "此 \\ 之后没有字符",
                adviceEnglish: "a command is one line: write it on",
                adviceChinese: "一条命令占一行，请写在同一行",
                at: MessagePlace(file: file, line: line, column: column)
            )
        }
    }

    /// A line longer than any command.
    static func scriptLineTooLong(_ place: MessagePlace, byteCountMax: Int) -> UserMessage {
        UserMessage(
            "E-BATCH-003",
            english: "the line has more than \(TextCount.grouped(byteCountMax)) bytes",
            chinese: "本行超过 \(TextCount.grouped(byteCountMax)) 字节",
            adviceEnglish: "give long values in a file, by --from",
            adviceChinese: "较长的值请放入文件，用 --from 给出",
            at: place
        )
    }

    /// A line that is not UTF-8, or has a NUL in it.
    static func scriptLineNotText(_ place: MessagePlace) -> UserMessage {
        UserMessage(
            "E-BATCH-004",
            english: "the line is not UTF-8 text",
            chinese: "本行不是 UTF-8 文本",
            adviceEnglish: "save the script as UTF-8",
            adviceChinese: "请将脚本另存为 UTF-8",
            at: place
        )
    }

    /// A script in a script.
    static func batchInBatch() -> UserMessage {
        UserMessage(
            "E-BATCH-005",
            english: "a script cannot run another one",
            chinese: "脚本中不能再执行 batch",
            adviceEnglish: "put its commands in its place",
            adviceChinese: "请直接写入其中的命令"
        )
    }

    /// A command would read standard input, which the script has come from.
    static func inputIsScript() -> UserMessage {
        UserMessage(
            "E-BATCH-007",
            english: "the script is standard input: nothing is left of it for this command to read",
            chinese: "标准输入已用于脚本，此命令无法再从中读取",
            adviceEnglish: "name a file, here or for the script",
            adviceChinese: "请为此命令或脚本指定文件"
        )
    }

    /// A command would write among the lines of JSON.
    static func outputIsJSON(flag: String) -> UserMessage {
        UserMessage(
            "E-BATCH-008",
            english: "what this command writes cannot go to standard output among the lines of JSON",
            chinese: "标准输出正用于各行 JSON，此命令不能再写入其中",
            adviceEnglish: "name a file with \(flag)",
            adviceChinese: "请用 \(flag) 指定文件"
        )
    }

    /// A command of a script that was not done; `text` says which and how it ended.
    static func commandFailed(_ text: String) -> UserMessage {
        UserMessage("E-BATCH-006", english: text, chinese: text)
    }
}
