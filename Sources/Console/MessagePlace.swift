/// Where in a file the thing is that a message speaks of.
package struct MessagePlace: Hashable, Sendable, CustomStringConvertible {
    /// The file as the person named it; `-` is standard input.
    package let file: String
    /// Counted from 1.
    package let line: Int?
    /// Counted from 1, in characters.
    package let column: Int?

    /// A place; without `line`, the file as a whole.
    package init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file`, `file:line` or `file:line:column`, as compilers and editors write it.
    package var description: String {
        guard let line else { return file }
        guard let column else { return "\(file):\(line)" }
        return "\(file):\(line):\(column)"
    }
}
