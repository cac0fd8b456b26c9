/// Text of a manual page, in the requests of man(7).
struct Roff {
    private(set) var lines: [String] = []

    /// A heading.
    mutating func section(_ title: String) { lines.append(".SH \(Self.escaped(title))") }

    /// A request as it is.
    mutating func request(_ text: String) { lines.append(text) }

    /// A paragraph, escaped.
    mutating func paragraph(_ text: String) {
        lines.append(".PP")
        self.text(text)
    }

    /// A line of running text, escaped.
    mutating func text(_ text: String) { lines.append(Self.protected(Self.escaped(text))) }

    /// Lines as they are typed, in a fixed face.
    mutating func literal(_ literal: [String]) {
        if lines.last?.hasPrefix(".SH") != true { lines.append(".PP") }
        lines.append(".EX")
        for line in literal { lines.append(Self.protected(Self.typed(line))) }
        lines.append(".EE")
    }

    /// An entry of a list: what is described, in roff already, and its description.
    mutating func entry(_ head: String, _ description: String) {
        lines.append(".TP")
        lines.append(Self.protected(head))
        text(description.isEmpty ? "-" : description)
    }

    /// In bold: what is typed as it stands.
    static func bold(_ text: String) -> String { "\\fB\(typed(text))\\fR" }

    /// In italics: what stands for something else.
    static func italic(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

    /// Running text: backslashes shown, line breaks as blanks.
    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("\n", with: " ")
    }

    /// What is typed: hyphens and quotes as a shell knows them.
    static func typed(_ text: String) -> String {
        escaped(text).replacing("-", with: "\\-").replacing("'", with: "\\(aq")
    }

    /// A line of text must not look like a request.
    private static func protected(_ line: String) -> String {
        line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }
}
