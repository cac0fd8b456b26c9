/// From text to a checked value.
extension NodeConfiguration {
    /// Bytes of a configuration file at most.
    package static let byteCountMax = 1 << 20

    /// Reads the file at `path`. Throws every problem there is, not only the first.
    package static func load(path: String) throws(ConfigurationError) -> NodeConfiguration {
        let bytes: [UInt8]
        do throws(FileReadError) {
            bytes = try ConfigurationFile.read(path, byteCountMax: byteCountMax)
        } catch {
            throw ConfigurationError([problem(of: error, file: path)])
        }
        return try parse(bytes, fileName: path)
    }

    /// Reads a configuration's text; `fileName` is what problems call it.
    package static func parse(text: String, fileName: String) throws(ConfigurationError) -> NodeConfiguration {
        try parse(Array(text.utf8), fileName: fileName)
    }

    static func parse(_ bytes: [UInt8], fileName: String) throws(ConfigurationError) -> NodeConfiguration {
        try checkText(bytes, fileName: fileName)
        let document: TOMLDocument
        do throws(TOMLSyntaxError) {
            document = try TOMLDocument(bytes)
        } catch {
            let position = LineIndex(bytes).position(at: error.offset)
            throw ConfigurationError([problem(of: error, at: position, file: fileName)])
        }
        var reader = ConfigurationReader(file: fileName, positions: document.positions)
        let configuration = read(document.members, with: &reader)
        guard reader.problems.isEmpty else { throw ConfigurationError(reader.problems) }
        return configuration
    }

    private static func read(_ document: [String: TOMLNode], with reader: inout ConfigurationReader)
        -> NodeConfiguration
    {
        var configuration = NodeConfiguration()
        for table in Schema.tables {
            // An absent [node] is read as an empty one, so that what is required is missed.
            guard let node = document[table.name] ?? (table.name == "node" ? .table([:]) : nil) else { continue }
            table.read(&reader, node, &configuration)
        }
        reader.reportUnknown(
            document.keys.filter { name in !Schema.tables.contains { $0.name == name } },
            at: ConfigurationPath()
        )
        // A table that could not be read is at its defaults: nothing is said of it twice.
        configuration.check(&reader)
        configuration.fillIn()
        return configuration
    }

    static func checkText(_ bytes: [UInt8], fileName: String) throws(ConfigurationError) {
        let lines = LineIndex(bytes)
        func refusal(at offset: Int, _ text: Wording) -> ConfigurationError {
            ConfigurationError([
                ConfigurationProblem(
                    kind: .notText,
                    file: fileName,
                    position: lines.position(at: offset),
                    keyPath: "",
                    text: text,
                    advice: Wording("save the file as UTF-8 text", "请将文件另存为 UTF-8 文本")
                )
            ])
        }
        if let offset = bytes.firstIndex(of: 0) { throw refusal(at: offset, Wording("a NUL byte", "出现空字节（NUL）")) }
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while case .valid(let encoded) = parser.parseScalar(from: &iterator) { offset += encoded.count }
        throw refusal(at: offset, Wording("bytes that are not UTF-8", "出现非 UTF-8 字节"))
    }

    static func problem(
        of error: TOMLSyntaxError,
        at position: SourcePosition,
        file: String
    ) -> ConfigurationProblem {
        ConfigurationProblem(
            kind: .syntax,
            file: file,
            position: position,
            keyPath: "",
            text: Wording("not TOML: \(error.text.english)", "不符合 TOML 语法：\(error.text.chinese)"),
            advice: Wording("correct the line; see https://toml.io/en/v1.0.0", "请改正此行；语法见 https://toml.io/cn/v1.0.0")
        )
    }

    private static func problem(of error: FileReadError, file: String) -> ConfigurationProblem {
        switch error {
        case .tooLarge:
            ConfigurationProblem(
                kind: .tooLarge,
                file: file,
                position: nil,
                keyPath: "",
                text: Wording("the file is larger than 1 MiB", "文件超过 1 MiB"),
                advice: Wording("check that it is the configuration", "请确认这是配置文件")
            )
        case .failed(_, let reason):
            ConfigurationProblem(
                kind: .unreadable,
                file: file,
                position: nil,
                keyPath: "",
                text: Wording("cannot read the file: \(reason.english)", "无法读取文件：\(reason.chinese)"),
                advice: Wording(
                    "check the path and its permissions, or write one with idnode init",
                    "请检查路径与权限，或用 idnode init 生成"
                )
            )
        }
    }
}
