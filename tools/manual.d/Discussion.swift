/// The longer text of a command's help, taken apart: the examples it begins with, and its paragraphs.
struct Discussion {
    /// Lines to be typed.
    private(set) var examples: [String] = []
    /// Everything else, a paragraph each; lines that are indented stay lines.
    private(set) var paragraphs: [[String]] = []

    /// Takes `text` apart. Examples stand indented below a line `Examples:` or `示例：`.
    init(_ text: String) {
        var isInExamples = false
        var paragraph: [String] = []
        func isIndented(_ line: Substring) -> Bool { line.hasPrefix("  ") }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "Examples:" || line == "示例：" {
                isInExamples = true
            } else if isInExamples, isIndented(line) {
                examples.append(String(line.dropFirst(2)))
            } else if line.isEmpty {
                isInExamples = false
                if !paragraph.isEmpty { paragraphs.append(paragraph) }
                paragraph = []
            } else {
                isInExamples = false
                paragraph.append(String(line))
            }
        }
        if !paragraph.isEmpty { paragraphs.append(paragraph) }
    }
}
