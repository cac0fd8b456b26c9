internal import Console

/// Reads a list of prefixes: `prefix TAB name` in each line, blank lines and those that begin with `#` left out.
enum PrefixFile {
    /// Bytes of such a file at most.
    private static let byteCountMax = 64 << 20

    /// The prefixes in the file at `path`, `-` for standard input.
    static func read(_ path: String) throws(CommandFailure) -> [NamedPrefix] {
        try parse(try SmallFile.read(path, byteCountMax: byteCountMax), path: path)
    }

    /// The prefixes in `text`; `path` is what messages call it.
    static func parse(_ text: [UInt8], path: String) throws(CommandFailure) -> [NamedPrefix] {
        var prefixes: [NamedPrefix] = []
        for (number, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = line.last == 0x0D ? line.dropLast() : line
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            let cells = line.split(separator: 0x09, maxSplits: 1, omittingEmptySubsequences: false)
            let name = cells.count > 1 ? Array(cells[1]) : []
            guard let prefix = NamedPrefix(prefix: Array(cells[0]), name: name),
                String(validating: name, as: UTF8.self) != nil
            else {
                let place = MessagePlace(file: path, line: number + 1)
                throw CommandFailure(UserMessage.invalidPrefix(Array(cells[0])).at(place))
            }
            prefixes.append(prefix)
        }
        return prefixes
    }
}
