internal import ResolutionProtocol

/// Which rows of a report count: those of the sender's prefix, of prefixes derived from it, and of what is nobody's.
struct ReportScope {
    private let prefix: [UInt8]

    /// The scope of who has `prefix`.
    init(prefix: [UInt8]) { self.prefix = ASCIIFolding.uppercased(prefix) }

    /// Whether a row under `name` counts. The empty name stands for queries of prefixes that are not the sender's.
    func covers(_ name: [UInt8]) -> Bool {
        guard !name.isEmpty else { return true }
        guard name.count <= ResolutionReport.prefixByteCountMax else { return false }
        let folded = ASCIIFolding.uppercased(name)
        guard folded.starts(with: prefix) else { return false }
        return folded.count == prefix.count || folded[prefix.count] == UInt8(ascii: ".")
    }
}
