import ResolutionProtocol
import VectorFiles

/// Upper case, comparison, derived prefixes, and how a requested type selects values.
struct CaseFoldingCategory: VectorCategory {
    let name = "casefold"
    let kinds: Set<String> = ["upper", "compare", "derived-prefix", "type-match"]

    func differences(in vector: Vector) throws -> [String] {
        switch vector.kind {
        case "upper": try upperCaseDifferences(in: vector)
        case "compare": FieldDifferences.between(vector.fields, try comparison(vector.fields))
        case "derived-prefix": FieldDifferences.between(vector.fields, try derivation(vector.fields))
        default: FieldDifferences.between(vector.fields, try selection(vector.fields))
        }
    }

    private func upperCaseDifferences(in vector: Vector) throws -> [String] {
        let input = try vector.fields.text("input")
        let found: JSONValue = .object([
            "input": .text(input), "upperCase": .text(Self.folded(input, isSuffixCaseSensitive: false)),
            "upperCasePrefixOnly": .text(Self.folded(input, isSuffixCaseSensitive: true)),
            "prefix": .text(IdentifierGrammar.prefix(of: input)), "suffix": .text(IdentifierGrammar.suffix(of: input)),
            "prefixHandle": input.isEmpty
                ? .null : .text(IdentifierGrammar.prefixRecordName(of: IdentifierGrammar.prefix(of: input))),
        ])
        var differences = FieldDifferences.between(vector.fields, found)
        let hex = try JSONValue.object(vector.members).octets("hex")
        if ASCIIFolding.uppercased(input) != hex { differences.append("hex is not the input in upper case") }
        return differences
    }

    private func comparison(_ fields: JSONValue) throws -> JSONValue {
        let (a, b) = (try fields.text("a"), try fields.text("b"))
        return .object([
            "a": .text(a), "b": .text(b),
            "equalIgnoringCase": .bool(ASCIIFolding.areEqual(a.span.bytes, b.span.bytes)),
            "equalIgnoringPrefixCase": .bool(
                Self.folded(a, isSuffixCaseSensitive: true) == Self.folded(b, isSuffixCaseSensitive: true)
            ),
        ])
    }

    private func derivation(_ fields: JSONValue) throws -> JSONValue {
        let (prefix, ancestor) = (try fields.text("prefix"), try fields.text("ancestor"))
        let parent = IdentifierGrammar.parent(of: prefix).map(IdentifierGrammar.prefixRecordName)
        return .object([
            "prefix": .text(prefix), "ancestor": .text(ancestor),
            "derived": .bool(IdentifierGrammar.isDerived(prefix, from: ancestor)),
            "parentPrefixHandle": parent.map(JSONValue.text) ?? .null,
        ])
    }

    private func selection(_ fields: JSONValue) throws -> JSONValue {
        let (requested, type) = (try fields.text("requested"), try fields.text("valueType"))
        return .object([
            "requested": .text(requested), "valueType": .text(type),
            "selected": .bool(ValueType.selects(requested.span.bytes, type.span.bytes)),
        ])
    }

    /// The key of `identifier` as the vectors write it: a bare prefix stays bare.
    private static func folded(_ identifier: [UInt8], isSuffixCaseSensitive: Bool) -> [UInt8] {
        let key = IdentifierFolding(isSuffixCaseSensitive: isSuffixCaseSensitive).key(of: identifier)
        let isBare = !identifier.contains(UInt8(ascii: "/"))
        guard isBare, key.starts(with: IdentifierGrammar.prefixRecordHead) else { return key }
        return Array(key.dropFirst(IdentifierGrammar.prefixRecordHead.count))
    }
}
