internal import ResolutionProtocol

/// A part of a result file, and where in it that is: `rows[3].sent`.
struct ResultNode {
    let tree: JSONTree
    let path: String

    /// A member that must be there.
    func member(_ name: String) throws(ResultFault) -> ResultNode {
        guard let node = optional(name) else { throw .missing(path(of: name)) }
        return node
    }

    /// A member that may be absent or null.
    func optional(_ name: String) -> ResultNode? {
        tree.member(name).map { ResultNode(tree: $0, path: path(of: name)) }
    }

    func text(_ name: String) throws(ResultFault) -> String { try member(name).text }

    /// A number, not below nothing.
    func number(_ name: String) throws(ResultFault) -> Double { try member(name).number }

    func count(_ name: String) throws(ResultFault) -> UInt64 { try member(name).count }

    /// `true` or `false`.
    func flag(_ name: String) throws(ResultFault) -> Bool {
        let node = try member(name)
        switch node.tree {
        case .word("true"): return true
        case .word("false"): return false
        default: throw .wrong(node.path)
        }
    }

    /// A list of no more than so many elements; absent is empty.
    func list(_ name: String, countMax: Int) throws(ResultFault) -> [ResultNode] {
        guard let node = optional(name) else { return [] }
        guard case .array(let elements) = node.tree, elements.count <= countMax else { throw .wrong(node.path) }
        return elements.enumerated().map { ResultNode(tree: $1, path: "\(node.path)[\($0)]") }
    }

    /// Itself as text.
    var text: String {
        get throws(ResultFault) {
            guard case .string(let text) = tree else { throw .wrong(path) }
            return text
        }
    }

    /// Itself as a number, not below nothing; one that nobody can have measured is none.
    var number: Double {
        get throws(ResultFault) {
            guard case .word(let word) = tree, let number = Double(word),
                number == 0 || (Self.numberMin...Double(Self.countMax)).contains(number)
            else { throw .wrong(path) }
            return number
        }
    }

    /// Itself as a count that can be added to others without end.
    var count: UInt64 {
        get throws(ResultFault) {
            let count = try whole
            guard count <= Self.countMax else { throw .wrong(path) }
            return count
        }
    }

    /// Itself as a whole number.
    var whole: UInt64 {
        get throws(ResultFault) {
            guard case .word(let word) = tree, let number = UInt64(word) else { throw .wrong(path) }
            return number
        }
    }

    /// A thousand million million: a million a second for thirty years.
    static let countMax: UInt64 = 1_000_000_000_000_000
    /// A nanosecond of a second.
    private static let numberMin = 1e-9

    private func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
