internal import Console
internal import ResolutionProtocol

/// The JSON that a node says of itself.
struct StatusReport {
    private let document: JSONTree

    /// Reads the node's answer, which came from the socket at `place`.
    init(_ text: [UInt8], place: String) throws(CommandFailure) {
        guard let document = JSONTree(text), case .object = document else {
            throw CommandFailure(.unreadableStatus(place))
        }
        self.document = document
    }

    /// Whether the node says that it answers queries.
    var isReady: Bool {
        if case .word(let ready)? = document["ready"] { return ready == "true" }
        guard case .string(let state)? = document["state"] else { return false }
        return state == "ready" || state == "running"
    }

    /// Where the node listens first, as it has bound; nil: it does not say.
    var firstListener: String? { listeners.first?["address"]?.text }

    /// Where the node listens.
    var listeners: [JSONTree] {
        guard case .array(let listeners)? = document["listeners"] else { return [] }
        return listeners
    }

    /// The networks that the node limits most by UDP, lately.
    var limitedNetworks: [String] {
        guard case .array(let networks)? = document["rate_limit"]?["limited_networks"] else { return [] }
        return networks.compactMap { $0["network"]?.text }
    }

    /// The whole of it.
    var tree: JSONTree { document }

    /// The number of `name`, a member or one of the object `object`; nil: there is none, and no whole one.
    func number(_ name: String, in object: String? = nil) -> UInt64? {
        guard case .word(let word)? = member(name, in: object) else { return nil }
        return UInt64(word)
    }

    /// The text of `name`, likewise.
    func text(_ name: String, in object: String? = nil) -> String? { member(name, in: object)?.text }

    private func member(_ name: String, in object: String?) -> JSONTree? {
        object.map { document[$0]?[name] } ?? document[name]
    }

    /// The members as lines of name and value; those of an object have its name in front.
    func lines() -> [String] { Self.lines(of: document) }

    /// The members of the JSON object `text` as such lines; none where it is no JSON.
    static func lines(of text: [UInt8]) -> [String] { JSONTree(text).map { lines(of: $0) } ?? [] }

    private static func lines(of document: JSONTree) -> [String] {
        var table = Table([Table.Column(""), Table.Column("")])
        add(document, named: "", to: &table)
        return table.lines()
    }

    private static func add(_ value: JSONTree, named name: String, to table: inout Table) {
        switch value {
        case .object(let members):
            for member in members {
                add(member.value, named: name.isEmpty ? member.name : "\(name).\(member.name)", to: &table)
            }
        case .array(let elements) where elements.contains(where: \.isNested):
            for (position, element) in elements.enumerated() {
                add(element, named: "\(name)[\(position + 1)]", to: &table)
            }
        case .array(let elements):
            table.add([name, elements.map { text($0, named: name) }.joined(separator: ", ")])
        case .string, .word:
            table.add([name, text(value, named: name)])
        }
    }

    /// A count grouped in threes, anything else as it is: a process's number is a name.
    private static func text(_ value: JSONTree, named name: String) -> String {
        switch value {
        case .string(let text): text
        case .word(let word) where name == "pid": word
        case .word(let word): Int64(word).map { TextCount.grouped($0) } ?? word
        case .object, .array: ""
        }
    }
}

extension JSONTree {
    /// The text of a string; nil: it is none.
    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
