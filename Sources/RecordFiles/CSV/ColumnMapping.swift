/// What columns mean whose names are somebody else's: for each name the name that CSV has for it here, such as
/// `identifier` or `2001:maker`, or `-` for a column to be left out (docs/import-formats.md).
package struct ColumnMapping: Equatable, Sendable {
    /// The meaning of a column that is left out.
    static let ignored = [UInt8(ascii: "-")]

    private var meanings: [[UInt8]: [UInt8]] = [:]
    /// Names that the header must have.
    private var required: [[UInt8]] = []

    /// One in which no column has another meaning than its name.
    package init() {}

    /// Adds a column that need not be there; one that is known already, or whose name says what it means, keeps its
    /// meaning.
    package mutating func addOptional(_ name: [UInt8], meaning: [UInt8]) {
        if meanings[name] == nil, !CSVHeader.isColumn(name) { meanings[name] = meaning }
    }

    /// Reads a mapping file: CSV with the columns `column` and `means`.
    package init(path: String) throws(RecordFileError) {
        try self.init(RowSource(path: path))
    }

    /// Reads a mapping file; `.badMapping` says which row is wrong, from 1, the header not counted.
    package init(_ source: RowSource) throws(RecordFileError) {
        var scanner = CSVScanner()
        var row = 0
        let header = try Self.nextRow(row, source, &scanner)
        guard header == [Array("column".utf8), Array("means".utf8)] else { throw .badMapping(row: 0) }
        while let cells = try Self.nextRow(row + 1, source, &scanner) {
            row += 1
            guard row <= RecordLimits.columnCountMax, cells.count == 2, !cells[0].isEmpty, meanings[cells[0]] == nil,
                Self.isMeaning(cells[1])
            else {
                throw .badMapping(row: row)
            }
            meanings[cells[0]] = cells[1]
            if cells[1] != Self.ignored { required.append(cells[0]) }
        }
    }

    private static func nextRow(
        _ row: Int,
        _ source: RowSource,
        _ scanner: inout CSVScanner
    ) throws(RecordFileError) -> [[UInt8]]? {
        do throws(RecordFileError) { return try CSVReader.readHeader(source, &scanner).cells } catch {
            switch error {
            case .noHeader: return nil
            case .badHeader: throw .badMapping(row: row)
            default: throw error
            }
        }
    }

    private static func isMeaning(_ cell: [UInt8]) -> Bool {
        cell == ignored || CSVHeader.isColumn(cell)
    }

    /// What the column `name` means; nil: what its name says.
    func meaning(of name: [UInt8]) -> [UInt8]? { meanings[name] }

    /// The first name that should be in the header and is not.
    func missing(from header: [[UInt8]]) -> [UInt8]? {
        let names = Set(header)
        return required.first { !names.contains($0) }
    }

    /// All of it, in an order that is always the same.
    package var identity: [UInt8] {
        meanings.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { $0.key + [0] + $0.value + [0] }
    }
}
