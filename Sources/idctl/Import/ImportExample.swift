internal import Console
internal import RecordFiles
internal import Resolution
internal import ResolutionProtocol

/// A file to begin with: two records that can be imported as they stand, and what each column means.
struct ImportExample {
    /// The columns that are the same whatever the template: index, type, an example, and what they mean.
    private static let common: [(column: String, example: String, help: LocalizedText)] = [
        ("1:URL", "https://example.org/", LocalizedText(english: "where to find more", chinese: "更多信息的网址")),
        ("2:DESC", "水泵 7 kW", LocalizedText(english: "what it is", chinese: "说明")),
    ]

    private let format: RecordFormat
    private let template: ChosenTemplate?

    /// Throws for a format that is not written.
    init(_ format: RecordFormat, template: ChosenTemplate?) throws(CommandFailure) {
        guard format.isWritable else {
            throw CommandFailure(.recordFile(.cannotWrite, path: "--template"), exit: .usage)
        }
        (self.format, self.template) = (format, template)
    }

    /// The file's text.
    var text: String {
        switch format {
        case .csv, .spreadsheet: csv
        case .jsonLines: names.map { name in jsonLine(name) + "\n" }.joined()
        case .batchText: names.map { name in batchBlock(name) }.joined(separator: "\n")
        }
    }

    /// What the columns mean, in both languages: a line for each.
    var help: [String] {
        var table = Table([Table.Column(""), Table.Column(""), Table.Column("")])
        table.add(["identifier", "the identifier: prefix/name", "标识：前缀/名称"])
        for column in Self.common { table.add([column.column, column.help.english, column.help.chinese]) }
        for item in items {
            let range = "\(item.lengthMin)–\(item.lengthMax)"
            let name = TerminalText.safe(item.name)
            table.add([
                Self.column(item), name + (item.isRequired ? ", required, " : ", ") + "\(range) characters",
                name + (item.isRequired ? "，必填，" : "，") + "\(range) 个字符",
            ])
        }
        table.add(["N:TYPE", "any other value: its index and type", "其他值：索引和类型"])
        return table.lines()
    }

    private var items: [TemplateItem] { template?.template.items.filter(\.isEnabled) ?? [] }

    private var names: [String] {
        let prefix = template.map { String(decoding: IdentifierGrammar.prefix(of: $0.identifier), as: UTF8.self) }
        return ["pump-7", "泵-8"].map { (prefix ?? "88.118.8") + "/" + $0 }
    }

    private static func column(_ item: TemplateItem) -> String {
        "\(item.index):" + String(decoding: item.type, as: UTF8.self)
    }

    /// The values of each record: column and data.
    private var cells: [(column: String, data: String)] {
        Self.common.map { ($0.column, $0.example) } + items.map { (Self.column($0), Self.example(of: $0)) }
    }

    /// Text of a length that the item allows.
    private static func example(of item: TemplateItem) -> String {
        var scalars = Array(String(decoding: item.name, as: UTF8.self).unicodeScalars.prefix(item.lengthMax))
        while scalars.count < item.lengthMin { scalars.append("0") }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    private var csv: String {
        let head = ["identifier"] + cells.map(\.column)
        let rows = names.map { name in [name] + cells.map(\.data) }
        return ([head] + rows).map { row in row.map(Self.csvCell).joined(separator: ",") + "\n" }.joined()
    }

    private static func csvCell(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    private func jsonLine(_ name: String) -> String {
        var json = JSONText()
        json.object { json in
            json.key("identifier")
            json.string(name)
            json.key("values")
            json.array { json in
                for (index, type, data) in values { Self.write(index, type, data, to: &json) }
            }
        }
        return String(decoding: json.take(), as: UTF8.self)
    }

    private static func write(_ index: Int, _ type: String, _ data: String, to json: inout JSONText) {
        json.object { json in
            json.key("index")
            json.number(index)
            json.key("type")
            json.string(type)
            json.key("data")
            json.string(data)
        }
    }

    private func batchBlock(_ name: String) -> String {
        "CREATE \(name)\n" + values.map { "\($0.index) \($0.type) 86400 1110 UTF8 \($0.data)\n" }.joined()
    }

    private var values: [(index: Int, type: String, data: String)] {
        cells.map { cell in
            let parts = cell.column.split(separator: ":", maxSplits: 1).map(String.init)
            return (Int(parts[0]) ?? 0, parts.last ?? "", cell.data)
        }
    }
}
