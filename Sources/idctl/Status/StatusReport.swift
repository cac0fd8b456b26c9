internal import Console
internal import Foundation

/// The JSON that a node says of itself.
struct StatusReport {
    private let members: [String: Any]

    /// Reads the node's answer, which came from the socket at `place`.
    init(_ text: [UInt8], place: String) throws(CommandFailure) {
        guard let object = try? JSONSerialization.jsonObject(with: Data(text)), let members = object as? [String: Any]
        else { throw CommandFailure(.unreadableStatus(place)) }
        self.members = members
    }

    /// Whether the node says that it answers queries.
    var isReady: Bool {
        if let ready = members["ready"] as? Bool { return ready }
        guard let state = members["state"] as? String else { return false }
        return state == "ready" || state == "running"
    }

    /// The members as lines of name and value; those of an object have its name in front.
    func lines() -> [String] {
        var table = Table([Table.Column(""), Table.Column("")])
        add(members, named: "", to: &table)
        return table.lines()
    }

    private func add(_ value: Any, named name: String, to table: inout Table) {
        switch value {
        case let object as [String: Any]:
            for key in object.keys.sorted() {
                add(object[key] as Any, named: name.isEmpty ? key : "\(name).\(key)", to: &table)
            }
        case let list as [Any] where list.contains { $0 is [String: Any] || $0 is [Any] }:
            for (position, element) in list.enumerated() { add(element, named: "\(name)[\(position + 1)]", to: &table) }
        case let list as [Any]:
            table.add([name, list.map(Self.text).joined(separator: ", ")])
        default:
            table.add([name, Self.text(value)])
        }
    }

    /// A number grouped in threes, a text as it is, `true`, `false`.
    private static func text(_ value: Any) -> String {
        guard let number = value as? NSNumber else { return value is NSNull ? "-" : "\(value)" }
        if number === kCFBooleanTrue || number === kCFBooleanFalse { return number.boolValue ? "true" : "false" }
        return (value as? Int).map { TextCount.grouped($0) } ?? "\(number)"
    }
}
