import VectorFiles

/// Makes wrong vectors out of right ones.
enum VectorMutation {
    /// Members whose change leaves a vector true, or that are no content.
    private static let exempt: Set<String> = ["note", "summary", "deterministic"]
    /// Groups without bytes whose inputs may change and leave the outcome true: only their outcomes are changed.
    private static let outcomes: [String: Set<String>] = [
        "compare": ["equalIgnoringCase", "equalIgnoringPrefixCase"],
        "derived-prefix": ["derived", "parentPrefixHandle"],
        "type-match": ["selected"],
    ]

    /// `vector` once for each octet of `hex` at a multiple of `step` and the last one, with that octet changed.
    static func flippedBytes(of vector: Vector, step: Int) -> [Vector] {
        guard case .string(let text)? = vector.members["hex"], let bytes = Hexadecimal.bytes(text), !bytes.isEmpty
        else { return [] }
        let offsets = Set(stride(from: 0, to: bytes.count, by: step)).union([bytes.count - 1])
        return offsets.sorted().map { offset in
            var changed = bytes
            changed[offset] ^= 0x01
            var mutant = vector
            mutant.members["hex"] = .string(Hexadecimal.text(changed))
            return mutant
        }
    }

    /// `vector` once for each leaf of `fields`, with that leaf changed.
    static func changedFields(of vector: Vector) -> [(path: String, mutant: Vector)] {
        changes(of: vector.fields, name: "fields", kind: vector.kind).map { path, fields in
            var mutant = vector
            mutant.members["fields"] = fields
            return (path, mutant)
        }
    }

    /// Every way to change one leaf of `value`.
    private static func changes(of value: JSONValue, name: String, kind: String) -> [(String, JSONValue)] {
        switch value {
        case .object(let members):
            members.keys.sorted().filter { isContent($0, kind: kind) }.flatMap { member in
                changes(of: members[member] ?? .null, name: member, kind: kind).map { path, changed in
                    ("\(name).\(path)", .object(members.merging([member: changed]) { $1 }))
                }
            }
        case .array(let items):
            [("\(name) + 1", .array(items + [.object([:])]))]
                + items.indices.flatMap { position in
                    changes(of: items[position], name: "\(name)[\(position)]", kind: kind).map { path, changed in
                        var items = items
                        items[position] = changed
                        return (path, .array(items))
                    }
                }
        default: [(name, changed(value, name: name))]
        }
    }

    private static func isContent(_ name: String, kind: String) -> Bool {
        !exempt.contains(name) && (outcomes[kind]?.contains(name) ?? true)
    }

    private static func changed(_ value: JSONValue, name: String) -> JSONValue {
        switch value {
        case .bool(let flag): .bool(!flag)
        case .integer(let number): .integer(number == 0 ? 1 : number - 1)
        case .string(let text): .string(changed(text, name: name))
        default: name == "credential" ? .object([:]) : .string("x")
        }
    }

    private static func changed(_ text: String, name: String) -> String {
        guard name.hasSuffix("Hex") || name == "opFlags" || name == "permissions" else { return text + "x" }
        return text.last == "1" ? text.dropLast() + "0" : text.dropLast() + "1"
    }
}
