internal import Console
internal import ResolutionProtocol

// What is said of files that are replayed.
extension UserMessage {
    /// A text file with a line no identifier is as long as.
    static func lineTooLong(_ path: String, _ line: Int) -> UserMessage {
        UserMessage(
            "E-LOAD-006",
            english: "a line is longer than 65,536 bytes: this is no list of identifiers",
            chinese: "有一行超过 65,536 字节：这不是标识列表",
            at: MessagePlace(file: path, line: line)
        )
    }

    /// A line that cannot be asked for.
    static func badLine(_ path: String, _ line: Int, _ fault: ReplayLine.Fault) -> UserMessage {
        let why = text(of: fault)
        return UserMessage(
            "E-LOAD-064",
            english: "this line is no question: \(why.english)",
            chinese: "该行不是查询：\(why.chinese)",
            adviceEnglish: "write one identifier a line, and behind it, each after a tab, the types that are wanted",
            adviceChinese: "请每行写一个标识，其后可用制表符分隔写出所需的值类型",
            at: MessagePlace(file: path, line: line)
        )
    }

    private static func text(of fault: ReplayLine.Fault) -> LocalizedText {
        switch fault {
        case .identifierLength(let count):
            LocalizedText(
                english: "an identifier has 1 to 2,048 bytes, and this one has \(count)",
                chinese: "标识应为 1 至 2,048 字节，此处为 \(count) 字节"
            )
        case .typeLength(let count):
            LocalizedText(
                english: "a type has 1 to 255 bytes, and this one has \(count)",
                chinese: "类型应为 1 至 255 字节，此处为 \(count) 字节"
            )
        case .tooManyTypes(let count):
            LocalizedText(
                english: "it has \(count) types, and 64 at most are asked for",
                chinese: "有 \(count) 个类型，最多 64 个"
            )
        case .notAName:
            LocalizedText(english: "name servers cannot be asked for it", chinese: "无法向域名服务器查询它")
        }
    }

    /// A recorded message that cannot be sent again.
    static func badMessage(_ path: String, atByte offset: UInt64, _ fault: RecordedMessage.Fault) -> UserMessage {
        let why = text(of: fault)
        return UserMessage(
            "E-LOAD-065",
            english: "byte \(offset): no request can be read there: \(why.english)",
            chinese: "第 \(offset) 字节处无法读出请求：\(why.chinese)",
            adviceEnglish: "a recording is what a client has sent over one TCP connection, byte by byte",
            adviceChinese: "录制文件应为客户端在一个 TCP 连接上发送的全部字节",
            at: MessagePlace(file: path)
        )
    }

    private static func text(of fault: RecordedMessage.Fault) -> LocalizedText {
        switch fault {
        case .cutShort: LocalizedText(english: "the file ends within it", chinese: "文件在其中间结束")
        case .notAnEnvelope: LocalizedText(english: "it has no envelope of version 2 or 3", chinese: "没有 2 或 3 版的信封")
        case .tooLong(let count, let most):
            LocalizedText(
                english: "it has \(count) bytes, and \(most) at most can be sent so",
                chinese: "长 \(count) 字节，按此方式最多发送 \(most) 字节"
            )
        case .notWhole:
            LocalizedText(
                english: "it is encrypted, compressed, or one packet of several",
                chinese: "已加密、已压缩，或只是多个分组之一"
            )
        case .notARequest: LocalizedText(english: "it is no request", chinese: "不是请求")
        case .lengths:
            LocalizedText(english: "its lengths do not come to that of its envelope", chinese: "其各部分长度与信封不符")
        }
    }

    /// Codes that are none.
    static func badCodes(_ text: String) -> UserMessage {
        .unusableArgument(
            "--codes",
            value: text,
            expected: LocalizedText(
                english: "up to 16 response codes with commas between, as 1,100",
                chinese: "以逗号分隔的响应码，最多 16 个，例如 1,100"
            )
        )
    }

    /// A recording has an order of its own.
    static func recordedInOrder(_ path: String, because flag: String) -> UserMessage {
        UserMessage(
            "E-LOAD-066",
            english: "recorded messages are sent in their order, and cannot be used with \(flag)",
            chinese: "录制的报文按其顺序发送，不能与 \(flag) 同用",
            adviceEnglish: "leave \(flag) out",
            adviceChinese: "请去掉 \(flag)",
            at: MessagePlace(file: path)
        )
    }
}
