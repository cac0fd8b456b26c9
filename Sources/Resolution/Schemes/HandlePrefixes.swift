internal import ResolutionProtocol

/// The table of prefixes: whose each is, and what it makes of an identifier. The longest that matches counts.
struct HandlePrefixes {
    struct Row {
        let prefix: [UInt8]
        let scheme: IdentifierScheme
        let route: SchemeRoute
        let codingType: CodingType
    }

    /// The ranges a node meets (identification-system.md §2): 86 and 88 are the nation's.
    private static let ranges = [
        Row(prefix: Array("86".utf8), scheme: .handleOfChina, route: .ownElseTopLevel, codingType: .handle),
        Row(prefix: Array("88".utf8), scheme: .vaa, route: .ownElseTopLevel, codingType: .vaa),
        Row(prefix: Array("10".utf8), scheme: .handle, route: .globalRegistry, codingType: .handle),
        Row(prefix: Array("20".utf8), scheme: .handle, route: .globalRegistry, codingType: .handle),
        Row(prefix: Array("21".utf8), scheme: .handle, route: .globalRegistry, codingType: .handle),
    ]

    /// What holds for a prefix of none of them.
    private static let other = Row(prefix: [], scheme: .handle, route: .globalRegistry, codingType: .handle)

    /// The row of `prefix`; nil: it is in no range, and not homed here.
    static func known(_ prefix: [UInt8], _ settings: RecognitionSettings) -> Row? {
        let range = ranges.first { IdentifierGrammar.isDerived(prefix, from: $0.prefix) }
        guard settings.homedPrefixes.contains(where: { isSame(prefix, $0) }) else { return range }
        let row = range ?? other
        return Row(prefix: prefix, scheme: row.scheme, route: .own, codingType: row.codingType)
    }

    /// The row of `prefix`, whatever it is.
    static func row(_ prefix: [UInt8], _ settings: RecognitionSettings) -> Row { known(prefix, settings) ?? other }

    /// A homed prefix speaks for itself alone: what is derived from it may be delegated to others.
    private static func isSame(_ prefix: [UInt8], _ homed: [UInt8]) -> Bool {
        ASCIIFolding.areEqual(prefix[...], homed[...])
    }
}

/// The segments of a prefix.
struct PrefixSegments {
    let all: [ArraySlice<UInt8>]

    init(_ prefix: [UInt8]) {
        all = prefix.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    }

    /// Where the first empty segment is; nil: each has something in it.
    var firstEmptyOffset: Int? { all.first { $0.isEmpty }?.startIndex }
    /// Whether it begins with a number.
    var beginsWithNumber: Bool { all.first.map { !$0.isEmpty && $0.allSatisfy(\.isDigit) } ?? false }
    /// Whether all of them are numbers.
    var areNumbers: Bool { all.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isDigit) } }
}
