import Foundation

/// What the programs tell people: each code stands for one message, is told in the documentation, and every sentence is
/// there in both languages.
struct MessageCheck {
    /// The page of each program; the messages of other modules may stand on any.
    static let pages = ["idctl": "docs/idctl.md", "idnode": "docs/idnode.md", "idload": "docs/idload.md"]

    private let sources: [(path: String, text: String)]
    private let documented: DocumentedCodes

    init(root: URL, paths: [String]) {
        func text(_ path: String) -> String? {
            (try? Data(contentsOf: root.appendingPathComponent(path))).map { String(decoding: $0, as: UTF8.self) }
        }
        sources = paths.filter { $0.hasPrefix("Sources/") && $0.hasSuffix(".swift") }.compactMap { path in
            text(path).map { (path, $0) }
        }
        var documented = DocumentedCodes()
        for path in paths where path.hasPrefix("docs/") && path.hasSuffix(".md") {
            documented.add(text(path) ?? "", of: path)
        }
        self.documented = documented
    }

    func violations() -> [Violation] {
        var found: [Violation] = []
        var places: [String: String] = [:]
        for (path, text) in sources {
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                for code in Self.codes(in: line) {
                    let place = "\(path):\(number + 1)"
                    if let other = places.updateValue(place, forKey: code) {
                        found.append(violation(path, number + 1, "message-code", "\(code) is taken: \(other)"))
                    }
                    guard !documented.tells(code, on: Self.page(of: path)) else { continue }
                    let page = Self.page(of: path) ?? "docs"
                    found.append(violation(path, number + 1, "message-page", "\(code) is not told in \(page)"))
                }
            }
            found += languageViolations(path, text)
        }
        return found
    }

    private func violation(_ path: String, _ line: Int, _ rule: String, _ message: String) -> Violation {
        Violation(path: path, line: line, rule: rule, message: message)
    }

    private static func page(of path: String) -> String? {
        pages[String(path.split(separator: "/").dropFirst().first ?? "")]
    }

    /// The codes that a line has as strings of their own.
    private static func codes(in line: Substring) -> [String] {
        guard !line.drop(while: { $0 == " " }).hasPrefix("//") else { return [] }
        let pattern = #/"([EW]-[A-Z]+-[0-9]{3})"/#
        return line.matches(of: pattern).map { String($0.1) }
    }

    // MARK: languages

    private func languageViolations(_ path: String, _ text: String) -> [Violation] {
        // Up to the string's end, or to the first quote inside an interpolation: enough to see what language it is in.
        let pattern = #/\b(english|chinese|adviceEnglish|adviceChinese):\s*"((?:[^"\\\n]|\\[^\n])*)"/#
        return text.matches(of: pattern).compactMap { match in
            let isChinese = match.1.lowercased().hasSuffix("chinese")
            guard let fault = Self.fault(of: String(match.2), isChinese: isChinese) else { return nil }
            let line = text[..<match.range.lowerBound].split(separator: "\n", omittingEmptySubsequences: false).count
            return violation(path, line, "message-language", "\(match.1) “\(match.2)” \(fault)")
        }
    }

    /// What is wrong with a wording; what is put in from elsewhere has no language.
    static func fault(of literal: String, isChinese: Bool) -> String? {
        let words = literal.replacing(#/\\\(.*?\)+/#, with: "")
        if literal.isEmpty { return "says nothing" }
        if literal.contains(#/\?\?\?|TBD|待译|待翻译|待补/#) { return "is not finished" }
        let hasChinese = words.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        if isChinese { return hasChinese || !words.contains(#/[a-z]{3}/#) ? nil : "has no Chinese" }
        return hasChinese ? "has Chinese" : nil
    }
}
