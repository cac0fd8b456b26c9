package import ResolutionProtocol

/// Where the values of an identifier do not comply with its template.
package enum TemplateViolation: Hashable, Sendable {
    /// A required value is not there.
    case missing(index: UInt32, type: [UInt8])
    /// The template has no item of this index.
    case unknownIndex(UInt32)
    /// The item of this index has another type.
    case otherType(index: UInt32, expected: [UInt8], found: [UInt8])
    /// The item is disabled.
    case disabled(index: UInt32, type: [UInt8])
    /// The data is not UTF-8 text.
    case notText(index: UInt32)
    /// The text has fewer or more characters than allowed.
    case length(index: UInt32, count: Int, allowed: ClosedRange<Int>)

    /// The value's index.
    package var index: UInt32 {
        switch self {
        case .missing(let index, _), .unknownIndex(let index), .otherType(let index, _, _), .disabled(let index, _),
            .notText(let index), .length(let index, _, _):
            index
        }
    }

    /// In English, as a program that asked is told.
    package var text: String {
        switch self {
        case .missing(let index, let type): "value \(index) (\(Self.printed(type))) is required"
        case .unknownIndex(let index): "the template has no item with index \(index)"
        case .otherType(let index, let expected, let found):
            "value \(index) should be of type \(Self.printed(expected)), not \(Self.printed(found))"
        case .disabled(let index, let type): "item \(index) (\(Self.printed(type))) is disabled"
        case .notText(let index): "value \(index) is not UTF-8 text"
        case .length(let index, let count, let allowed):
            "value \(index) has \(count) characters, not \(allowed.lowerBound) to \(allowed.upperBound)"
        }
    }

    private static func printed(_ bytes: [UInt8]) -> String { String(decoding: bytes.prefix(128), as: UTF8.self) }
}

extension TemplateViolation {
    /// What is compared of two violations: the value's index and what is wrong with it.
    fileprivate struct Place: Hashable {
        let index: UInt32
        let kind: UInt8
    }

    fileprivate var place: Place {
        let kind: UInt8 =
            switch self {
            case .missing: 0
            case .unknownIndex: 1
            case .otherType: 2
            case .disabled: 3
            case .notText: 4
            case .length: 5
            }
        return Place(index: index, kind: kind)
    }

    /// By how many characters a text is too long or too short; 0: it is something else that is wrong.
    private var excess: Int {
        guard case .length(_, let count, let allowed) = self else { return 0 }
        return max(allowed.lowerBound - count, count - allowed.upperBound)
    }

    /// Whether it is the same fault of the same value as `other`, or a smaller one.
    fileprivate func isNoWorse(than other: TemplateViolation) -> Bool { place == other.place && excess <= other.excess }
}

extension [TemplateViolation] {
    /// Those of them that are not among `old`, not even larger there.
    package func worse(than old: [TemplateViolation]) -> [TemplateViolation] {
        guard !old.isEmpty else { return self }
        let known = Dictionary(old.map { ($0.place, $0) }) { first, _ in first }
        return filter { violation in !(known[violation.place].map(violation.isNoWorse) ?? false) }
    }
}

extension DataTemplate {
    /// Where `values` do not comply, in the order of the values and then of the items that are missing. Characters are
    /// counted as Unicode code points. Values below `TemplateItem.indexMin` are nobody's business here.
    package func violations(in values: [HandleValue]) -> [TemplateViolation] {
        let governed = values.filter { $0.index >= TemplateItem.indexMin }
        let present = Set(governed.map(\.index))
        let missing = items.filter { $0.isRequired && $0.isEnabled && !present.contains($0.index) }
        return governed.compactMap(violation) + missing.map { .missing(index: $0.index, type: $0.type) }
    }

    private func violation(of value: HandleValue) -> TemplateViolation? {
        guard let item = item(at: value.index) else { return .unknownIndex(value.index) }
        guard item.hasType(value.type) else {
            return .otherType(index: value.index, expected: item.type, found: value.type)
        }
        guard item.isEnabled else { return .disabled(index: item.index, type: item.type) }
        guard let count = Self.characterCount(value.data) else { return .notText(index: item.index) }
        guard count < item.lengthMin || count > item.lengthMax else { return nil }
        return .length(index: item.index, count: count, allowed: item.lengthMin...item.lengthMax)
    }

    /// The number of code points of UTF-8; nil: it is none.
    private static func characterCount(_ data: [UInt8]) -> Int? {
        guard (try? UTF8Span(validating: data.span)) != nil else { return nil }
        return data.count { $0 & 0xC0 != 0x80 }
    }
}
