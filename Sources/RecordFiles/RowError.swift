/// A row that was refused: what, where, and what to do next.
package struct RowError: Error, Equatable, Sendable {
    /// What is wrong.
    package let code: RowErrorCode
    /// Data row number, from 1.
    package let row: Int
    /// Line number, from 1.
    package let line: Int
    /// Where the row begins in the input, in bytes.
    package let byteOffset: Int
    /// The column's name, or the JSON member's path such as `values[0].ttl`; empty where the whole row is meant.
    package let column: String
    /// The beginning of the cell that is wrong, made safe for a terminal; may be empty.
    package let excerpt: String

    /// The whole message without the code: place, reason, advice.
    package func message(_ language: MessageLanguage) -> String {
        let place =
            switch language {
            case .english: "row \(row), line \(line)" + (column.isEmpty ? "" : ", \(column)")
            case .chinese: "第 \(row) 条，第 \(line) 行" + (column.isEmpty ? "" : "，\(column)")
            }
        let shown = excerpt.isEmpty ? "" : language == .english ? " (`\(excerpt)`)" : "（`\(excerpt)`）"
        return place + (language == .english ? ": " : "：") + code.message(language) + shown
    }
}
