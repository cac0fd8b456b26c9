/// The header of a CSV file: the role of each column.
struct CSVHeader {
    /// The two shapes of docs/import-formats.md.
    enum Shape { case wide, long }

    let columns: [CSVColumn]
    /// The columns' names as the file has them.
    let names: [String]
    let shape: Shape
    /// WIDE: the value columns' types, one after the other.
    let typeBytes: [UInt8]

    /// Whether it is the header of a rejects file: it begins with `row`, `code`, `message`.
    static func isOfRejects(_ names: [String]) -> Bool {
        Array(names.prefix(3)) == ["row", "code", "message"]
    }

    /// Reads the names of a header, some of which may mean what `mapping` says. Throws what `RecordFileError` says of
    /// columns.
    init(cells: [[UInt8]], mapping: ColumnMapping? = nil) throws(RecordFileError) {
        guard cells.count <= RecordLimits.columnCountMax else { throw .badHeader(.wrongColumnCount) }
        if cells.count == 1, cells[0].contains(UInt8(ascii: ";")) || cells[0].contains(0x09) { throw .wrongSeparator }
        names = cells.map { String(decoding: $0, as: UTF8.self) }
        if let missing = mapping?.missing(from: cells) {
            throw .missingColumn(String(decoding: missing, as: UTF8.self))
        }
        // The columns that a rejects file has in front are its own, whatever columns of the input are called.
        let ownCount = Self.isOfRejects(names) ? 3 : 0
        let meanings = cells.enumerated().map { position, cell in
            position < ownCount ? cell : mapping?.meaning(of: cell) ?? cell
        }
        let isLong = meanings.contains { $0.withUnsafeBufferPointer { $0.equalsFolded("index") } }
        shape = isLong ? .long : .wide
        var types: [UInt8] = []
        var columns: [CSVColumn] = []
        for (position, cell) in meanings.enumerated() {
            if cell == ColumnMapping.ignored, mapping?.meaning(of: cells[position]) != nil {
                columns.append(.ignored)
                continue
            }
            guard let column = Self.column(cell, isLong: isLong, types: &types) else {
                throw .unknownColumn(names[position])
            }
            columns.append(column)
        }
        self.columns = columns
        typeBytes = types
        try Self.check(columns, names, shape)
    }

    /// Whether a column may have this name, in either shape.
    static func isColumn(_ name: [UInt8]) -> Bool {
        var types: [UInt8] = []
        return column(name, isLong: true, types: &types) != nil || column(name, isLong: false, types: &types) != nil
    }

    private static func column(_ cell: [UInt8], isLong: Bool, types: inout [UInt8]) -> CSVColumn? {
        if let shared = cell.withUnsafeBufferPointer({ sharedColumn($0) }) { return shared }
        if isLong { return cell.withUnsafeBufferPointer { longColumn($0) } }
        return valueColumn(cell, types: &types)
    }

    /// Whether a column of this name holds the identifiers.
    static func isIdentifier(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        name.equalsFolded("identifier") || name.equalsFolded("handle") || name.equals("标识")
    }

    private static func sharedColumn(_ name: UnsafeBufferPointer<UInt8>) -> CSVColumn? {
        if isIdentifier(name) { return .identifier }
        let isOfRejects = name.equalsFolded("row") || name.equalsFolded("code") || name.equalsFolded("message")
        return isOfRejects ? .ignored : nil
    }

    private static func longColumn(_ name: UnsafeBufferPointer<UInt8>) -> CSVColumn? {
        if name.equalsFolded("index") { return .index }
        if name.equalsFolded("type") { return .type }
        if name.equalsFolded("data") { return .data }
        if name.equalsFolded("format") { return .format }
        if name.equalsFolded("ttl") { return .ttl }
        if name.equalsFolded("permissions") { return .permissions }
        if name.equalsFolded("timestamp") { return .timestamp }
        return name.equalsFolded("references") ? .references : nil
    }

    /// `<index>:<TYPE>[:<ttl>][:<permissions>]`; a third part of four digits 0 and 1 at the end is permissions.
    private static func valueColumn(_ cell: [UInt8], types: inout [UInt8]) -> CSVColumn? {
        let parts = cell.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(Array.init)
        guard (2...4).contains(parts.count), !parts[1].isEmpty else { return nil }
        guard let index = parts[0].withUnsafeBufferPointer({ CellText.index($0) }) else { return nil }
        var value = ValueRow(index: index)
        var ttl = parts.count > 2 ? parts[2] : []
        var permissions = parts.count > 3 ? parts[3] : []
        if parts.count == 3, ttl.count == 4, ttl.allSatisfy({ $0 == 0x30 || $0 == 0x31 }) {
            swap(&ttl, &permissions)
        }
        guard ttl.isEmpty || ttl.withUnsafeBufferPointer({ CellText.setTTL($0, of: &value) }) else { return nil }
        if !permissions.isEmpty {
            guard permissions.count == 4 else { return nil }
            guard let mask = permissions.withUnsafeBufferPointer({ CellText.permissions($0) }) else { return nil }
            value.permissions = mask
        }
        value.type = types.count..<types.count + parts[1].count
        types += parts[1]
        return .value(value)
    }

    private static func check(_ columns: [CSVColumn], _ names: [String], _ shape: Shape) throws(RecordFileError) {
        var seen: Set<Int64> = []
        for (position, column) in columns.enumerated() {
            guard let key = key(of: column) else { continue }
            guard seen.insert(key).inserted else { throw .duplicateColumn(names[position]) }
        }
        guard seen.contains(-1) else { throw .missingColumn("identifier") }
        switch shape {
        case .wide: if seen.count == 1 { throw .noValueColumns }
        case .long:
            if !seen.contains(-3) { throw .missingColumn("type") }
            if !seen.contains(-4) { throw .missingColumn("data") }
        }
    }

    /// What may occur only once: a number per role, a value's index for value columns.
    private static func key(of column: CSVColumn) -> Int64? {
        switch column {
        case .identifier: -1
        case .index: -2
        case .type: -3
        case .data: -4
        case .format: -5
        case .ttl: -6
        case .permissions: -7
        case .timestamp: -8
        case .references: -9
        case .value(let value): Int64(value.index)
        case .ignored: nil
        }
    }
}
