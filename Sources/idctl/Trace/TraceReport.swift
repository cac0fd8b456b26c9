internal import Console
internal import ResolutionProtocol

/// The identifiers of one level of a trace, as they are shown.
struct TraceReport {
    let items: [TraceItem]

    /// For people: a table, with the head at the first level alone, and the values below it where they are wanted.
    func lines(_ session: Session, showsValues: Bool) -> [String] {
        guard !items.isEmpty else { return [] }
        let isChinese = session.language == .chinese
        let titles = isChinese ? ["层", "结果", "标识", "引自"] : ["level", "state", "identifier", "from"]
        var table = Table(titles.enumerated().map { Table.Column($1, $0 == 0 ? .right : .left) })
        for item in items { table.add(Self.cells(of: item, session.language)) }
        let lines = table.lines()
        let told = zip(items, lines.dropFirst()).flatMap { item, line in
            [line] + (showsValues ? Self.valueLines(of: item, session.language) : [])
        }
        return (items.first?.level == 0 ? Array(lines.prefix(1)) : []) + told
    }

    private static func cells(of item: TraceItem, _ language: Language) -> [String] {
        var state = TraceWording.text(of: item.state)[language]
        if item.flags.contains(.stale) { state += language == .chinese ? "（过期）" : " (stale)" }
        return ["\(item.level)", state, TerminalText.safe(item.identifier), Self.origin(of: item)]
    }

    /// `88.118.8/CASE-1 2003 REFERENCE.BOTTLE`.
    private static func origin(of item: TraceItem) -> String {
        guard !item.origin.identifier.isEmpty else { return "" }
        let name = TerminalText.safe(item.origin.identifier)
        guard item.origin.index > 0 else { return name }
        return "\(name) \(item.origin.index) \(TerminalText.safe(item.origin.type))"
    }

    private static func valueLines(of item: TraceItem, _ language: Language) -> [String] {
        guard !item.values.isEmpty else { return [] }
        var table = Table(ShownValue.columns(language: language).map { _ in Table.Column("") })
        for value in item.values { table.add(ShownValue.cells(value, language: language)) }
        return table.lines().map { "       " + $0 }
    }

    /// For programs: one JSON document for each identifier, a line each.
    func json() -> [UInt8] {
        var json = JSONText()
        for item in items {
            json.object { Self.write(item, to: &$0) }
            json.endLine()
        }
        return json.take()
    }

    private static func write(_ item: TraceItem, to json: inout JSONText) {
        let words = TraceWording.words(of: item.state)
        json.key("level")
        json.number(item.level)
        json.key("identifier")
        json.string(item.identifier)
        json.key("state")
        json.string(words.state)
        if let bound = words.bound {
            json.key("bound")
            json.string(bound)
        }
        json.key("code")
        json.number(item.code.rawValue)
        if item.flags.contains(.stale) {
            json.key("stale")
            json.boolean(true)
        }
        if item.flags.contains(.withoutValues) {
            json.key("valuesLeftOut")
            json.boolean(true)
        }
        if item.flags.contains(.withoutLinks) {
            json.key("referencesLeftOut")
            json.boolean(true)
        }
        if !item.origin.identifier.isEmpty {
            json.key("from")
            json.object { write(item.origin, to: &$0) }
        }
        json.key("references")
        json.array { json in
            for link in item.links { json.object { write(link, to: &$0) } }
        }
        json.key("values")
        json.array { json in
            for value in item.values { json.tree(ShownValue.json(value)) }
        }
    }

    private static func write(_ link: TraceLink, to json: inout JSONText) {
        json.key("identifier")
        json.string(link.identifier)
        json.key("index")
        json.number(link.index)
        json.key("type")
        json.string(link.type)
    }
}
