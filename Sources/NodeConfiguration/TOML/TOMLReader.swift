/// Reads the statements of a TOML document: headers and assignments, with the rules on what may be defined once and
/// what again.
struct TOMLReader {
    let root = TOMLTableBuilder(.header)
    private(set) var positions: [ConfigurationPath: SourcePosition] = [:]

    private var cursor: TOMLCursor
    private let lines: LineIndex
    private var table: TOMLTableBuilder
    private var path = ConfigurationPath()

    init(_ bytes: [UInt8]) {
        cursor = TOMLCursor(bytes)
        lines = LineIndex(bytes)
        table = root
    }

    mutating func readDocument() throws(TOMLSyntaxError) {
        try cursor.skipBlank()
        while let byte = cursor.byte {
            if byte == UInt8(ascii: "[") {
                try readHeader()
            } else {
                try readAssignment(into: table, at: path)
            }
            try cursor.endStatement()
            try cursor.skipBlank()
        }
    }

    // [a.b] and [[a.b]]
    private mutating func readHeader() throws(TOMLSyntaxError) {
        _ = cursor.take(UInt8(ascii: "["))
        let isList = cursor.take(UInt8(ascii: "["))
        let key = try boundedKey(below: ConfigurationPath())
        for _ in 0..<(isList ? 2 : 1) {
            guard cursor.take(UInt8(ascii: "]")) else { throw cursor.failure("] is expected", "此处应为 ]") }
        }
        (table, path) = (root, ConfigurationPath())
        for part in key.dropLast() { try descend(by: part) }
        guard let last = key.last else { return }
        if isList { try openListElement(last) } else { try openTable(last) }
    }

    private mutating func descend(by part: TOMLKeyPart) throws(TOMLSyntaxError) {
        path = path.appending(part.name)
        note(path, at: part.offset)
        switch table.members[part.name] {
        case nil:
            let implied = TOMLTableBuilder(.implied)
            table.members[part.name] = .table(implied)
            table = implied
        case .table(let next): table = next
        case .tables(let list):
            guard let element = list.tables.last else { return }
            path = path.appending(list.tables.count - 1)
            table = element
        case .value: throw notATable(part)
        }
    }

    private mutating func openTable(_ part: TOMLKeyPart) throws(TOMLSyntaxError) {
        path = path.appending(part.name)
        note(path, at: part.offset)
        switch table.members[part.name] {
        case nil:
            let opened = TOMLTableBuilder(.header)
            table.members[part.name] = .table(opened)
            table = opened
        case .table(let known) where known.origin == .implied:
            known.origin = .header
            table = known
        default: throw twice(part)
        }
    }

    private mutating func openListElement(_ part: TOMLKeyPart) throws(TOMLSyntaxError) {
        let list: TOMLTableList
        switch table.members[part.name] {
        case nil: list = TOMLTableList()
        case .tables(let known): list = known
        default: throw twice(part)
        }
        let element = TOMLTableBuilder(.header)
        path = path.appending(part.name)
        note(path, at: part.offset)
        path = path.appending(list.tables.count)
        note(path, at: part.offset)
        list.tables.append(element)
        table.members[part.name] = .tables(list)
        table = element
    }

    // a.b = value
    private mutating func readAssignment(into table: TOMLTableBuilder, at path: ConfigurationPath)
        throws(TOMLSyntaxError)
    {
        let key = try boundedKey(below: path)
        guard cursor.take(UInt8(ascii: "=")) else { throw cursor.failure("= is expected", "此处应为 =") }
        var (table, path) = (table, path)
        for part in key.dropLast() {
            path = path.appending(part.name)
            note(path, at: part.offset)
            table = try dottedTable(part, in: table)
        }
        guard let last = key.last else { return }
        guard table.members[last.name] == nil else { throw twice(last) }
        path = path.appending(last.name)
        note(path, at: last.offset)
        table.members[last.name] = .value(try readValue(at: path))
    }

    private func dottedTable(_ part: TOMLKeyPart, in table: TOMLTableBuilder) throws(TOMLSyntaxError)
        -> TOMLTableBuilder
    {
        switch table.members[part.name] {
        case nil:
            let dotted = TOMLTableBuilder(.dotted)
            table.members[part.name] = .table(dotted)
            return dotted
        case .table(let known) where known.origin == .dotted: return known
        case .value: throw notATable(part)
        default: throw twice(part)
        }
    }

    private mutating func readValue(at path: ConfigurationPath) throws(TOMLSyntaxError) -> TOMLNode {
        cursor.skipSpace()
        switch cursor.byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try cursor.string())
        case UInt8(ascii: "["): return try readArray(at: path)
        case UInt8(ascii: "{"): return try readInlineTable(at: path)
        default: return try cursor.scalar()
        }
    }

    private mutating func readArray(at path: ConfigurationPath) throws(TOMLSyntaxError) -> TOMLNode {
        var nodes: [TOMLNode] = []
        _ = cursor.take(UInt8(ascii: "["))
        try checkDepth(path.steps.count + 1, at: cursor.offset)
        try cursor.skipBlank()
        while !cursor.take(UInt8(ascii: "]")) {
            let element = path.appending(nodes.count)
            note(element, at: cursor.offset)
            nodes.append(try readValue(at: element))
            try cursor.skipBlank()
            guard cursor.take(UInt8(ascii: ",")) || cursor.byte == UInt8(ascii: "]") else {
                throw cursor.failure(", or ] is expected", "此处应为 , 或 ]")
            }
            try cursor.skipBlank()
        }
        return .array(nodes)
    }

    private mutating func readInlineTable(at path: ConfigurationPath) throws(TOMLSyntaxError) -> TOMLNode {
        let inline = TOMLTableBuilder(.dotted)
        _ = cursor.take(UInt8(ascii: "{"))
        cursor.skipSpace()
        if cursor.take(UInt8(ascii: "}")) { return .table([:]) }
        repeat {
            try readAssignment(into: inline, at: path)
            cursor.skipSpace()
        } while cursor.take(UInt8(ascii: ","))
        guard cursor.take(UInt8(ascii: "}")) else { throw cursor.failure(", or } is expected", "此处应为 , 或 }") }
        return .table(inline.nodes)
    }

    private mutating func boundedKey(below path: ConfigurationPath) throws(TOMLSyntaxError) -> [TOMLKeyPart] {
        let key = try cursor.dottedKey()
        try checkDepth(path.steps.count + key.count, at: key.first?.offset ?? cursor.offset)
        return key
    }

    private func checkDepth(_ depth: Int, at offset: Int) throws(TOMLSyntaxError) {
        guard depth <= TOMLDocument.depthMax else {
            throw cursor.failure("nested deeper than any setting", "嵌套层次超出任何配置项", at: offset)
        }
    }

    private func twice(_ part: TOMLKeyPart) -> TOMLSyntaxError {
        cursor.failure("\(part.name) is defined a second time", "\(part.name) 重复定义", at: part.offset)
    }

    private func notATable(_ part: TOMLKeyPart) -> TOMLSyntaxError {
        cursor.failure("\(part.name) has a value already and is no table", "\(part.name) 已有取值，不是表", at: part.offset)
    }

    private mutating func note(_ path: ConfigurationPath, at offset: Int) {
        if positions[path] == nil { positions[path] = lines.position(at: offset) }
    }
}
