internal import Console
internal import ResolutionProtocol

/// Who allotted which part of a prefix (VAA and China's Handle range: range, secondary node, enterprise).
struct PrefixParts {
    /// The whole prefix; of a prefix record the prefix that it is about.
    let prefix: [UInt8]
    /// The first segment, `86` or `88`; nil for any other prefix.
    private(set) var range: String?
    /// The secondary node's segment, where there is one.
    private(set) var secondaryNode: String?
    /// What the secondary node allotted to an enterprise, where there is anything.
    private(set) var enterprise: String?

    /// The parts of the prefix of `identifier`, or of the one whose record it names.
    init(of identifier: [UInt8]) {
        let head = IdentifierGrammar.prefix(of: identifier)
        let isRecord = ASCIIFolding.areEqual(head[...], IdentifierGrammar.prefixRecordHead.dropLast())
        prefix = isRecord ? IdentifierGrammar.suffix(of: identifier) : head
        let segments = String(decoding: prefix, as: UTF8.self).split(
            separator: ".",
            maxSplits: 2,
            omittingEmptySubsequences: false
        )
        guard segments.count > 1, segments[0] == "86" || segments[0] == "88" else { return }
        range = String(segments[0])
        secondaryNode = String(segments[1])
        enterprise = segments.count > 2 ? String(segments[2]) : nil
    }

    /// The parts in words; nil where the prefix is of no range that we know the parts of.
    var text: LocalizedText? {
        guard let range, let secondaryNode else { return nil }
        let node = TerminalText.safe(secondaryNode)
        let head = LocalizedText(
            english: "\(range) national range, \(node) secondary node",
            chinese: "\(range) 国家号段，\(node) 二级节点"
        )
        guard let enterprise else {
            return LocalizedText(english: head.english + ", no enterprise", chinese: head.chinese + "，无企业段")
        }
        let name = TerminalText.safe(enterprise)
        return LocalizedText(english: head.english + ", \(name) enterprise", chinese: head.chinese + "，\(name) 企业")
    }
}
