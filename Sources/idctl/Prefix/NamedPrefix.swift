internal import Console
internal import ResolutionProtocol

/// A prefix and what its owner is called.
struct NamedPrefix: Hashable {
    /// The longest prefix, in bytes.
    private static let byteCountMax = 255

    /// In upper case, without `0.NA/`.
    let prefix: [UInt8]
    /// UTF-8; empty where no name is known.
    let name: [UInt8]

    /// Checks the grammar: parts that are not empty with points between, at most 255 bytes, no `/`.
    init?(prefix: [UInt8], name: [UInt8]) {
        var folded = ASCIIFolding.uppercased(prefix)
        if folded.starts(with: IdentifierGrammar.prefixRecordHead) {
            folded.removeFirst(IdentifierGrammar.prefixRecordHead.count)
        }
        guard folded.count <= Self.byteCountMax, (try? Identifier(folded)) != nil,
            !folded.contains(UInt8(ascii: "/")), !folded.contains(0x20)
        else { return nil }
        let parts = folded.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.prefix = folded
        self.name = name
    }

    /// The prefix that `text` of the command line names.
    static func checked(_ text: String) throws(CommandFailure) -> NamedPrefix {
        if let named = NamedPrefix(prefix: Array(text.utf8), name: []) { return named }
        throw CommandFailure(.invalidPrefix(Array(text.utf8)), exit: .usage)
    }

    /// The name of the prefix's own record, `0.NA/…`.
    var recordName: [UInt8] { IdentifierGrammar.prefixRecordName(of: prefix) }
}
