internal import Console

// What is said of files of results.
extension UserMessage {
    /// A file is no result, or one that cannot be understood.
    static func unusableResult(_ fault: ResultFault, _ bytes: [UInt8], path: String) -> UserMessage {
        switch fault {
        case .notJSON(let offset):
            return notAResult(
                LocalizedText(english: "this is no JSON document", chinese: "这不是 JSON 文档"),
                at: place(ofByte: offset, in: bytes, path: path)
            )
        case .missing(let member):
            return notAResult(
                LocalizedText(
                    english: "this is no result of idload: “\(member)” is missing",
                    chinese: "这不是 idload 的结果：缺少“\(member)”"
                ),
                at: MessagePlace(file: path)
            )
        case .wrong(let member):
            return notAResult(
                LocalizedText(
                    english: "“\(member)” says what cannot be in a result of idload",
                    chinese: "“\(member)”的内容不可能出现在 idload 的结果中"
                ),
                at: MessagePlace(file: path)
            )
        case .laterFormat(let format):
            return UserMessage(
                "E-LOAD-061",
                english: "this result has format \(format); this idload knows up to \(RunDocument.format)",
                chinese: "该结果的格式为 \(format)，本 idload 最高支持 \(RunDocument.format)",
                adviceEnglish: "use the idload that made it, or a later one",
                adviceChinese: "请使用生成它的或更新版本的 idload",
                at: MessagePlace(file: path)
            )
        }
    }

    /// One result is merged with nothing, and there is a bound.
    static func cannotMerge(_ count: Int) -> UserMessage {
        UserMessage(
            "E-LOAD-062",
            english: "\(count) results cannot be merged: it takes two, and no more than 256 runs in all",
            chinese: "无法合并 \(count) 个结果：至少两个，总共不超过 256 次运行",
            adviceEnglish: "give the files that idload --json wrote on each machine",
            adviceChinese: "请给出各台机器上由 idload --json 写出的文件"
        )
    }

    private static func notAResult(_ text: LocalizedText, at place: MessagePlace) -> UserMessage {
        UserMessage(
            "E-LOAD-060",
            english: text.english,
            chinese: text.chinese,
            adviceEnglish: "give a file that idload --json wrote",
            adviceChinese: "请给出由 idload --json 写出的文件",
            at: place
        )
    }

    /// Line and column of a byte, both from 1.
    private static func place(ofByte offset: Int, in bytes: [UInt8], path: String) -> MessagePlace {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return MessagePlace(file: path, line: line, column: before.count - start + 1)
    }

    /// The outcome would stand among other output.
    static func needsFile(_ flag: String) -> UserMessage {
        .unusableArgument(
            flag,
            value: "-",
            expected: LocalizedText(
                english: "a file's name: standard output has the result",
                chinese: "文件名：标准输出用于结果"
            )
        )
    }
}
