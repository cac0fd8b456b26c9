extension AdminRecord {
    /// Permissions that the JSON form has a place for.
    private static let jsonPermissions: UInt16 = 0x0FFF

    /// `{"handle":…,"index":…,"permissions":…}`: twelve digits, the highest bit first.
    var json: JSONTree {
        let digits = (0..<12).map { permissions & (0x0800 >> $0) != 0 ? "1" : "0" } as [Character]
        var members = [
            JSONTree.Member("handle", .text(administrator.identifier)),
            JSONTree.Member("index", .number(administrator.index)),
            JSONTree.Member("permissions", .string(String(digits))),
        ]
        if hasLegacyPadding { members.append(JSONTree.Member("legacyByteLength", .boolean(true))) }
        return .object(members)
    }

    /// Reads the same. Permissions may also be `*`, a truth, a number (the bits), or a list of twelve truths, the
    /// lowest bit first.
    init(json: JSONTree) throws(JSONFormError) {
        self.init(
            permissions: try Self.permissions(try json.required("permissions")),
            administrator: try ValueReference(json: json),
            hasLegacyPadding: try json.flag("legacyByteLength")
        )
    }

    private static func permissions(_ json: JSONTree) throws(JSONFormError) -> UInt16 {
        switch json {
        case .string("*"), .word("true"): return jsonPermissions
        case .word("false"): return 0
        case .string(let digits):
            guard digits.utf8.count == 12, digits.utf8.allSatisfy({ $0 == 0x30 || $0 == 0x31 }) else {
                throw .invalid("permissions")
            }
            return UInt16(digits, radix: 2) ?? 0
        case .word(let word):
            guard let bits = UInt16(word) else { throw .invalid("permissions") }
            return bits
        case .array(let truths):
            guard truths.count == 12 else { throw .invalid("permissions") }
            return truths.enumerated().reduce(0) { $1.element.isTruth ? $0 | 1 << UInt16($1.offset) : $0 }
        case .object: throw .wrongKind("permissions")
        }
    }
}

extension JSONTree {
    /// Whether it counts as true: neither `false`, `null`, zero nor an empty text.
    fileprivate var isTruth: Bool {
        switch self {
        case .word(let word): !["false", "null"].contains(word) && Double(word) != 0
        case .string(let text): !text.isEmpty
        case .object, .array: true
        }
    }
}
