/// Walks the tables of a document against the schema and gathers every problem.
struct ConfigurationReader {
    let file: String
    let positions: [ConfigurationPath: SourcePosition]
    private(set) var problems: [ConfigurationProblem] = []
    /// What to do about an unknown name in a table.
    var advice: (_ name: String, _ table: ConfigurationPath) -> Wording = Schema.advice(forUnknown:in:)
    private var faulty: Set<ConfigurationPath> = []

    init(file: String, positions: [ConfigurationPath: SourcePosition]) {
        self.file = file
        self.positions = positions
    }

    /// Notes a problem at `path`, or at the nearest place above it that is in the file.
    mutating func report(
        _ kind: ConfigurationProblem.Kind,
        at path: ConfigurationPath,
        _ text: Wording,
        advice: Wording?
    ) {
        faulty.insert(path)
        var place = path
        while positions[place] == nil, !place.steps.isEmpty { place = ConfigurationPath(place.steps.dropLast()) }
        problems.append(
            ConfigurationProblem(
                kind: kind,
                file: file,
                position: positions[place],
                keyPath: path.description,
                text: text,
                advice: advice
            )
        )
    }

    /// Whether nothing is known to be wrong with the value of `key` in the table at `path`.
    func isSound(_ key: String, in path: ConfigurationPath) -> Bool {
        !faulty.contains(path.appending(key))
    }

    /// Reads one table; keys that are absent or wrong keep their defaults.
    mutating func section<Section: SettingSection>(
        _ type: Section.Type,
        from node: TOMLNode,
        at path: ConfigurationPath
    ) -> Section {
        var section = Section()
        guard case .table(let members) = node else {
            reportKind(node, at: path, expected: Wording("a table, [\(path)]", "一个表，[\(path)]"))
            return section
        }
        for key in Section.keys {
            read(key, from: members[key.name], at: path, into: &section)
        }
        reportUnknown(members.keys.filter { name in !Section.keys.contains { $0.name == name } }, at: path)
        return section
    }

    /// Reads an array of tables.
    mutating func sections<Section: SettingSection>(
        _ type: Section.Type,
        from node: TOMLNode,
        at path: ConfigurationPath
    ) -> [Section] {
        guard case .array(let nodes) = node else {
            reportKind(
                node,
                at: path,
                expected: Wording("a list of tables, each under [[\(path)]]", "表的列表，每个以 [[\(path)]] 开头")
            )
            return []
        }
        return nodes.enumerated().map { section(type, from: $1, at: path.appending($0)) }
    }

    private mutating func read<Section>(
        _ key: SettingKey<Section>,
        from node: TOMLNode?,
        at table: ConfigurationPath,
        into section: inout Section
    ) {
        let path = table.appending(key.name)
        guard let node else {
            if key.isRequired { reportMissing(key, at: path) }
            return
        }
        do throws(SettingFault) {
            try key.read(node, &section)
        } catch {
            report(error, of: error.node ?? node, at: error.index.map(path.appending) ?? path)
        }
    }

    mutating func reportMissing<Section>(_ key: SettingKey<Section>, at path: ConfigurationPath) {
        report(
            .missing,
            at: path,
            Wording("\(path) is missing", "缺少 \(path)"),
            advice: Wording(
                "add a line \(key.name) = …: \(key.comment.english)",
                "请添加一行 \(key.name) = …：\(key.comment.chinese)"
            )
        )
    }

    private mutating func report(_ fault: SettingFault, of node: TOMLNode, at path: ConfigurationPath) {
        if fault.reason == .wrongKind { return reportKind(node, at: path, expected: fault.expected) }
        let value = Self.shown(node)
        let nearest = fault.nearest
        report(
            .notAllowed,
            at: path,
            Wording("\(path) cannot be \(value)", "\(path) 不能是 \(value)"),
            advice: Wording(
                (nearest.map { "did you mean \"\($0)\"? " } ?? "") + "give \(fault.expected.english)",
                (nearest.map { "是否想写 \"\($0)\"？" } ?? "") + "请给出\(fault.expected.chinese)"
            )
        )
    }

    private mutating func reportKind(_ node: TOMLNode, at path: ConfigurationPath, expected: Wording) {
        report(
            .wrongKind,
            at: path,
            Wording("\(path) is \(node.kind.english)", "\(path) 的取值是\(node.kind.chinese)"),
            advice: Wording("give \(expected.english)", "请给出\(expected.chinese)")
        )
    }

    /// The value as it is named in a message: cut, so that a message stays a line.
    private static func shown(_ node: TOMLNode) -> String {
        switch node {
        case .text(let text):
            TOMLLiteral.text(String(text.unicodeScalars.prefix(60))) + (text.unicodeScalars.count > 60 ? "…" : "")
        case .integer(let value): String(value)
        case .boolean(let value): String(value)
        default: node.kind.english
        }
    }

    /// Notes keys that the table at `path` does not have. O4: with the nearest that it has, or the table where that key
    /// belongs.
    mutating func reportUnknown(_ names: [String], at path: ConfigurationPath) {
        for name in names.sorted() {
            let member = path.appending(name)
            report(
                .unknownKey,
                at: member,
                Wording("unknown key \(member)", "未知的配置项 \(member)"),
                advice: advice(name, path)
            )
        }
    }
}
