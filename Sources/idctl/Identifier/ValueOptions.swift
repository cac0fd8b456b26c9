internal import ArgumentParser
internal import Console
internal import EventLoop
internal import RecordFiles
internal import ResolutionProtocol

/// The values of an identifier, on the command line or in a file.
struct ValueOptions: ParsableArguments {
    @Option(
        help: Speech.help(
            "A value of text: '1 URL https://example.cn'; may be repeated.",
            "文本值：'1 URL https://example.cn'，可重复。",
            name: "'index type data'"
        )
    )
    var value: [String] = []

    @Option(
        help: Speech.help(
            "A JSON document {\"identifier\":…,\"values\":[…]}; - for standard input.",
            "JSON 文档 {\"identifier\":…,\"values\":[…]}；- 表示标准输入。",
            name: "file"
        ),
        completion: .file()
    )
    var from: String?

    func validate() throws {
        guard value.isEmpty == (from != nil) else {
            throw ValidationError(Speech.words("give --value, or --from FILE", "请给出 --value 或 --from 文件"))
        }
    }

    /// The values for `identifier`.
    func values(for identifier: [UInt8]) throws(CommandFailure) -> [HandleValue] {
        if let from { return try Self.read(from, for: identifier) }
        var values: [HandleValue] = []
        for text in value { values.append(try Self.value(text)) }
        return values
    }

    private static func value(_ text: String) throws(CommandFailure) -> HandleValue {
        let parts = Array(text.utf8).split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let index = UInt32(String(decoding: parts[0], as: UTF8.self)),
            (1...UInt32(Int32.max)).contains(index), !parts[1].isEmpty
        else {
            if ShownWords.namesSecretType(text) { throw secretKeyGiven }
            let expected = LocalizedText(english: "'INDEX TYPE DATA'", chinese: "'索引 类型 数据'")
            throw CommandFailure(.unusableArgument("--value", value: text, expected: expected), exit: .usage)
        }
        let type = Array(parts[1])
        // What stands on a command line is no secret any more.
        guard !RowEncoder.isSecret(type.span.bytes) else { throw secretKeyGiven }
        return HandleValue(index: index, type: type, data: Array(parts[2]))
    }

    /// A secret key stands on the command line.
    static var secretKeyGiven: CommandFailure {
        let expected = LocalizedText(english: "secret keys in a file, by --from", chinese: "文件（--from）中的共享密钥")
        return CommandFailure(.unusableArgument("--value", value: "HS_SECKEY", expected: expected), exit: .usage)
    }

    private static func read(_ path: String, for identifier: [UInt8]) throws(CommandFailure) -> [HandleValue] {
        // A document over several lines is one: no text in JSON holds a line end.
        let bytes = try SmallFile.read(path).map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
        var row = RecordRow()
        let outcome: ReadOutcome
        do throws(RecordFileError) {
            let reader = try RecordFile.reader(of: RowSource(bytes: bytes), format: .jsonLines)
            outcome = try reader.next(into: &row)
        } catch {
            throw CommandFailure(.recordFile(error, path: path))
        }
        switch outcome {
        case .record: break
        case .end: throw CommandFailure(.unusableValues(path, english: "the file is empty", chinese: "文件为空"))
        case .rejected(let rejection):
            let (english, chinese) = (rejection.error.message(.english), rejection.error.message(.chinese))
            throw CommandFailure(.unusableValues(path, english: english, chinese: chinese))
        }
        let named = row.copy(row.identifier)
        guard ASCIIFolding.uppercased(named) == ASCIIFolding.uppercased(identifier) else {
            throw CommandFailure(.otherIdentifier(path, named))
        }
        return row.handleValues
    }
}
