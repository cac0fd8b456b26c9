/// Rows of text in columns, counted in terminal cells, so that Chinese stands straight.
///
/// Every cell is made safe for a terminal on its way in.
package struct Table: Sendable {
    /// On which side of its column a cell stands: text to the left, numbers to the right.
    package enum Alignment: Sendable {
        /// For text.
        case left
        /// For numbers.
        case right
    }

    /// A column's title and side.
    package struct Column: Sendable {
        let title: String
        let alignment: Alignment

        /// A column headed by `title`.
        package init(_ title: String, _ alignment: Alignment = .left) {
            self.title = TerminalText.safe(title)
            self.alignment = alignment
        }
    }

    private let columns: [Column]
    private var rows: [[String]] = []
    private var widths: [Int]

    /// An empty table; it has a head if any column has a title.
    package init(_ columns: [Column]) {
        self.columns = columns
        widths = columns.map { DisplayWidth.cells(of: $0.title) }
    }

    /// Adds a row; missing cells are empty, and cells beyond the last column are left out.
    package mutating func add(_ cells: [String]) {
        var row: [String] = []
        for index in columns.indices {
            let cell = index < cells.count ? TerminalText.safe(cells[index]) : ""
            widths[index] = max(widths[index], DisplayWidth.cells(of: cell))
            row.append(cell)
        }
        rows.append(row)
    }

    /// The lines, without newlines and without spaces at their ends; columns stand two cells apart.
    package func lines() -> [String] {
        let titles = columns.map(\.title)
        let head = titles.allSatisfy(\.isEmpty) ? [] : [titles]
        return (head + rows).map(line)
    }

    private func line(of cells: [String]) -> String {
        var line = ""
        var spaces = 0
        for (index, cell) in cells.enumerated() {
            let gap = widths[index] - DisplayWidth.cells(of: cell)
            let isRight = columns[index].alignment == .right
            if !cell.isEmpty {
                line += String(repeating: " ", count: spaces + (isRight ? gap : 0)) + cell
                spaces = 0
            }
            // Spaces are owed until something follows them, so that no line ends in one.
            spaces += (cell.isEmpty ? widths[index] : isRight ? 0 : gap) + 2
        }
        return line
    }
}
