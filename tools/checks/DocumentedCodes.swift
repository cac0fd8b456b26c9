/// The message codes that pages of the documentation tell: `E-X-001`, or several as `E-X-001` … `004` and `E-X-001`,
/// `003`, or `E-X-…` where another page has them all.
struct DocumentedCodes {
    private var codes: [String: Set<String>] = [:]
    private var areas: [String: Set<String>] = [:]

    /// Whether the page at `path` tells `code`; any page where `path` is nil.
    func tells(_ code: String, on path: String?) -> Bool {
        let isAnywhere = codes.values.contains { $0.contains(code) }
        guard let path else { return isAnywhere }
        if codes[path, default: []].contains(code) { return true }
        return isAnywhere && areas[path, default: []].contains(String(code.dropLast(3)))
    }

    /// Reads the page at `path`.
    mutating func add(_ text: String, of path: String) {
        for paragraph in text.split(separator: "\n\n") { add(paragraph: paragraph, of: path) }
    }

    private mutating func add(paragraph: Substring, of path: String) {
        let pattern = #/`(?:([EW]-[A-Z]+-)([0-9]{3}|…)|([0-9]{3}))`/#
        var last: (area: Substring, number: Int, end: String.Index)?
        for match in paragraph.matches(of: pattern) {
            guard let area = match.1 ?? last?.area else { continue }
            guard let number = Int(match.2 ?? match.3 ?? "") else {
                areas[path, default: []].insert(String(area))
                continue
            }
            let isRange = last.map { paragraph[$0.end..<match.range.lowerBound] == " … " } ?? false
            for number in isRange && match.1 == nil ? min(last?.number ?? number, number)...number : number...number {
                codes[path, default: []].insert(area + String("00\(number)".suffix(3)))
            }
            last = (area, number, match.range.upperBound)
        }
    }
}
