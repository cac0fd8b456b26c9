import ResolutionProtocol
import VectorFiles

/// The JSON form of values, records and sites; `hex` is there for values and sites.
struct JSONFormCategory: VectorCategory {
    let name = "json-forms"
    let kinds: Set<String> = ["value", "record", "site"]

    func differences(in vector: Vector) throws -> [String] {
        switch vector.kind {
        case "value":
            let value = try HandleValue(fields: vector.fields)
            return try differences(
                in: vector,
                decode: { try HandleValue(wire: $0).fields },
                encode: { try HandleValue(fields: $0).wire }
            )
                + formDifferences(in: vector, ours: value.json()) { try HandleValue(json: $0).fields }
        case "site":
            let site = try SiteInfo(fields: vector.fields)
            return try differences(
                in: vector,
                decode: { try SiteInfo(wire: $0).fields },
                encode: { try SiteInfo(fields: $0).wire }
            )
                + formDifferences(in: vector, ours: site.json) { try SiteInfo(json: $0).fields }
        default:
            let record = ResolutionAnswer(
                identifier: try vector.fields.text("handle"),
                values: try vector.fields.array("values").map(HandleValue.init(fields:))
            )
            return try formDifferences(in: vector, ours: record.json) { try ResolutionAnswer(json: $0).fields }
        }
    }

    /// `json` to fields, and our form of the fields to `json`.
    private func formDifferences(
        in vector: Vector,
        ours: JSONTree,
        read: (JSONTree) throws -> JSONValue
    ) throws -> [String] {
        let theirs = try JSONValue.object(vector.members).object("json")
        return FieldDifferences.between(vector.fields, try read(try JSONTree(theirs)))
            + FieldDifferences.between(Self.unsigned(theirs), Self.unsigned(try JSONValue(ours)), at: "json")
    }

    /// Serial numbers of sites are compared modulo 65536.
    private static func unsigned(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): .array(items.map(unsigned))
        case .object(var members):
            {
                for (name, member) in members { members[name] = unsigned(member) }
                if case .integer(let serial)? = members["serialNumber"] {
                    members["serialNumber"] = .number(UInt16(truncatingIfNeeded: serial))
                }
                return .object(members)
            }()
        default: value
        }
    }
}

extension ResolutionAnswer {
    fileprivate var fields: JSONValue {
        .object(["handle": .text(identifier), "values": .array(values.map(\.fields))])
    }
}

extension JSONTree {
    fileprivate init(_ value: JSONValue) throws {
        switch value {
        case .null: self = .word("null")
        case .bool(let flag): self = .boolean(flag)
        case .integer(let number): self = .number(number)
        case .real: throw FieldError("no member is a fraction")
        case .string(let text): self = .string(text)
        case .array(let items): self = .array(try items.map(JSONTree.init))
        case .object(let members): self = .object(try members.map { Member($0.key, try JSONTree($0.value)) })
        }
    }
}

extension JSONValue {
    fileprivate init(_ tree: JSONTree) throws {
        switch tree {
        case .string(let text): self = .string(text)
        case .word(let word): self = try JSONValue(text: word)
        case .array(let elements): self = .array(try elements.map(JSONValue.init))
        case .object(let members):
            self = .object(
                Dictionary(try members.map { ($0.name, try JSONValue($0.value)) }, uniquingKeysWith: { $1 })
            )
        }
    }
}
