/// A place in the configuration file, both counted from 1; columns in characters.
package struct SourcePosition: Hashable, Sendable, Comparable {
    /// The line.
    package let line: Int
    /// The column.
    package let column: Int

    /// Earlier in the file comes first.
    package static func < (a: SourcePosition, b: SourcePosition) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}
