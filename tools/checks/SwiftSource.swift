/// A Swift file with its comments and the insides of its strings blanked, line by line.
///
/// Knows nested block comments, raw and multi-line strings, and code inside interpolations. It does not know regular
/// expression literals, of which we have none.
struct SwiftSource {
    /// As in the file, with spaces where comments and string contents were.
    let code: [String]
    /// Whether line `i` holds (part of) a comment.
    let hasComment: [Bool]

    private enum Mode {
        /// `depth` counts the parentheses open in an interpolation; the file itself does not count them.
        case code(depth: Int, isInterpolation: Bool)
        case string(hashes: Int, isMultiline: Bool)
    }

    init(_ text: [UInt8]) {
        var scrubber = Scrubber(text: text)
        scrubber.run()
        code = scrubber.output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        hasComment = (0..<code.count).map { scrubber.commentLines.contains($0) }
    }

    private struct Scrubber {
        let text: [UInt8]
        var output: [UInt8] = []
        var commentLines: Set<Int> = []
        var position = 0
        var line = 0
        var modes: [Mode] = [.code(depth: 0, isInterpolation: false)]

        init(text: [UInt8]) {
            self.text = text
            output.reserveCapacity(text.count)
        }

        mutating func run() {
            while position < text.count {
                switch modes[modes.count - 1] {
                case .code(let depth, let isInterpolation): stepCode(depth, isInterpolation)
                case .string(let hashes, let isMultiline): stepString(hashes, isMultiline)
                }
            }
        }

        func starts(_ literal: StaticString, at offset: Int = 0) -> Bool {
            literal.withUTF8Buffer { bytes in text[min(position + offset, text.count)...].starts(with: bytes) }
        }

        mutating func keep() {
            if text[position] == UInt8(ascii: "\n") { line += 1 }
            output.append(text[position])
            position += 1
        }

        mutating func blank(_ count: Int = 1) {
            for _ in 0..<count where position < text.count {
                let isNewline = text[position] == UInt8(ascii: "\n")
                if isNewline { line += 1 }
                output.append(isNewline ? UInt8(ascii: "\n") : UInt8(ascii: " "))
                position += 1
            }
        }

        mutating func stepCode(_ depth: Int, _ isInterpolation: Bool) {
            if starts("//") { return lineComment() }
            if starts("/*") { return blockComment() }
            if let opening = stringOpening() { return open(opening) }
            if isInterpolation && starts("(") {
                modes[modes.count - 1] = .code(depth: depth + 1, isInterpolation: true)
            }
            if isInterpolation && starts(")") {
                guard depth > 0 else {
                    modes.removeLast()
                    return blank()
                }
                modes[modes.count - 1] = .code(depth: depth - 1, isInterpolation: true)
            }
            keep()
        }

        mutating func lineComment() {
            commentLines.insert(line)
            while position < text.count && text[position] != UInt8(ascii: "\n") { blank() }
        }

        mutating func blockComment() {
            var depth = 0
            repeat {
                commentLines.insert(line)
                if starts("/*") {
                    depth += 1
                    blank(2)
                } else if starts("*/") {
                    depth -= 1
                    blank(2)
                } else {
                    blank()
                }
            } while depth > 0 && position < text.count
        }

        /// How many `#` stand before a quote here, and whether the quote is a triple one; nil if no string begins.
        func stringOpening() -> (hashes: Int, isMultiline: Bool)? {
            var hashes = 0
            while position + hashes < text.count && text[position + hashes] == UInt8(ascii: "#") { hashes += 1 }
            guard starts("\"", at: hashes) else { return nil }
            return (hashes, starts("\"\"\"", at: hashes))
        }

        mutating func open(_ opening: (hashes: Int, isMultiline: Bool)) {
            for _ in 0..<(opening.hashes + (opening.isMultiline ? 3 : 1)) { keep() }
            modes.append(.string(hashes: opening.hashes, isMultiline: opening.isMultiline))
        }

        func hasHashes(_ count: Int, at offset: Int) -> Bool {
            let start = position + offset
            guard start + count <= text.count else { return false }
            return text[start..<start + count].allSatisfy { $0 == UInt8(ascii: "#") }
        }

        mutating func stepString(_ hashes: Int, _ isMultiline: Bool) {
            if starts("\\") && hasHashes(hashes, at: 1) {
                if starts("(", at: 1 + hashes) {
                    blank(2 + hashes)
                    modes.append(.code(depth: 0, isInterpolation: true))
                } else {
                    blank(2 + hashes)
                }
                return
            }
            let quotes = isMultiline ? 3 : 1
            let closes = isMultiline ? starts("\"\"\"") : starts("\"")
            let isBroken = !isMultiline && starts("\n")  // not Swift, but never swallow the rest of a file
            if (closes && hasHashes(hashes, at: quotes)) || isBroken {
                modes.removeLast()
                for _ in 0..<(isBroken ? 1 : quotes + hashes) { keep() }
                return
            }
            blank()
        }
    }
}
