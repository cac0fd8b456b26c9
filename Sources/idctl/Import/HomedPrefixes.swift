internal import RecordFiles
internal import Resolution
internal import ResolutionProtocol

/// The prefixes of a node, asked once for each row of an import.
struct HomedPrefixes {
    private let states: [[UInt8]: PrefixRow.State]
    /// Prefixes that the import itself homes.
    private(set) var added: Set<[UInt8]> = []
    private let homesMissing: Bool
    /// The prefix asked for last, as spelt, and what came of it: rows of a prefix mostly stand together.
    private var last: (prefix: [UInt8], isKept: Bool) = ([], false)

    /// The prefixes in `rows`; with `homesMissing`, every other prefix is noted as to be homed.
    init(_ rows: [PrefixRow], homesMissing: Bool) {
        states = Dictionary(rows.map { ($0.prefix, $0.state) }) { first, _ in first }
        self.homesMissing = homesMissing
    }

    /// Whether the node keeps the identifier that `bytes` holds in `range`.
    mutating func keeps(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let prefix = Self.prefix(bytes, range)
        if !last.prefix.isEmpty, bytes[prefix].elementsEqual(last.prefix) { return last.isKept }
        if Self.isPrefixRecord(bytes, prefix, range) { return keepsRecord(of: Self.recordPrefix(bytes, prefix, range)) }
        last = (Array(bytes[prefix]), isHomed(ASCIIFolding.uppercased(Array(bytes[prefix]))))
        return last.isKept
    }

    /// The prefix of the identifier, or, for a prefix's own record, that prefix.
    static func name(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
        let prefix = Self.prefix(bytes, range)
        return isPrefixRecord(bytes, prefix, range) ? recordPrefix(bytes, prefix, range) : Array(bytes[prefix])
    }

    private mutating func isHomed(_ folded: [UInt8]) -> Bool {
        if let state = states[folded] { return state == .homed }
        if homesMissing { added.insert(folded) }
        return homesMissing
    }

    /// A prefix's record may be kept where the prefix or one that it is derived from is known.
    private mutating func keepsRecord(of prefix: [UInt8]) -> Bool {
        var ancestor: [UInt8]? = ASCIIFolding.uppercased(prefix)
        while let known = ancestor {
            if let state = states[known], state != .withdrawn { return true }
            if added.contains(known) { return true }
            ancestor = IdentifierGrammar.parent(of: known)
        }
        return isHomed(ASCIIFolding.uppercased(prefix))
    }

    private static func prefix(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var end = range.lowerBound
        while end < range.upperBound, bytes[end] != UInt8(ascii: "/") { end += 1 }
        return range.lowerBound..<end
    }

    /// `0.NA/88.118.8`, or `88.118.8` alone.
    private static func isPrefixRecord(_ bytes: [UInt8], _ prefix: Range<Int>, _ range: Range<Int>) -> Bool {
        prefix.upperBound == range.upperBound
            || ASCIIFolding.areEqual(
                bytes[range.lowerBound...prefix.upperBound],
                IdentifierGrammar.prefixRecordHead[...]
            )
    }

    private static func recordPrefix(_ bytes: [UInt8], _ prefix: Range<Int>, _ range: Range<Int>) -> [UInt8] {
        prefix.upperBound == range.upperBound
            ? Array(bytes[range]) : Array(bytes[(prefix.upperBound + 1)..<range.upperBound])
    }
}
