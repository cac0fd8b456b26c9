internal import Console
internal import ResolutionProtocol

/// A text on the command line, and the identifier that is read out of it.
///
/// What scanners, keyboards and web pages put around an identifier is taken away, and each such change is told. An
/// identifier that really has such octets is given as `hdl:` and percent-encoded.
struct IdentifierReading {
    /// Something that was taken away or replaced.
    enum Change: String {
        /// Blanks, tabs and line ends around it.
        case whiteSpace = "white-space"
        /// `]Q3` and the like, by which a scanner says what kind of code it has read (ISO/IEC 15424).
        case symbology
        /// Full-width characters of a Chinese keyboard.
        case fullWidth = "full-width"
        /// `hdl:` in front.
        case handleScheme = "hdl"
        /// The address of a resolver in front.
        case resolverAddress = "url"
    }

    /// As typed.
    let typed: [UInt8]
    /// What is asked for.
    private(set) var identifier: [UInt8]
    /// What was done to come from one to the other, in order; each at most once.
    private(set) var changes: [Change] = []
    /// What `identifier` looks like.
    private(set) var scheme: IdentifierScheme

    /// Reads `typed`.
    init(_ typed: [UInt8]) {
        self.typed = typed
        identifier = typed
        scheme = .unknown
        apply(.whiteSpace, Self.trimmed(identifier))
        if let rest = Self.withoutSymbology(identifier) { apply(.symbology, rest) }
        if let folded = FullWidthText.folded(identifier) { apply(.fullWidth, folded) }
        if let rest = HandleAddress.withoutScheme(identifier) {
            apply(.handleScheme, rest)
        } else if let rest = HandleAddress.identifier(in: identifier) {
            apply(.resolverAddress, rest)
        }
        scheme = IdentifierScheme(identifier)
    }

    private mutating func apply(_ change: Change, _ result: [UInt8]) {
        guard result != identifier, !result.isEmpty else { return }
        identifier = result
        changes.append(change)
    }

    private static func trimmed(_ text: [UInt8]) -> [UInt8] {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let head = text.drop(while: isBlank)
        guard let last = head.lastIndex(where: { !isBlank($0) }) else { return [] }
        return Array(head[...last])
    }

    /// `]`, a letter, a digit; only where what follows begins as an identifier or an address does.
    private static func withoutSymbology(_ text: [UInt8]) -> [UInt8]? {
        guard text.count > 3, text[0] == UInt8(ascii: "]"), ASCIIFolding.uppercased([text[1]])[0] >= UInt8(ascii: "A"),
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[2])
        else { return nil }
        let rest = Array(text[3...])
        let isNumber = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(rest[0])
        return isNumber || HandleAddress.isAddress(rest) ? rest : nil
    }
}

extension IdentifierReading.Change {
    /// What was done.
    var text: LocalizedText {
        switch self {
        case .whiteSpace: LocalizedText(english: "white space around it left out", chinese: "去掉首尾空白")
        case .symbology:
            LocalizedText(english: "the scanner's mark in front left out", chinese: "去掉扫码器的码制标记")
        case .fullWidth:
            LocalizedText(english: "full-width characters read as ASCII", chinese: "全角字符按 ASCII 读取")
        case .handleScheme:
            LocalizedText(english: "“hdl:” left out, percent signs decoded", chinese: "去掉“hdl:”并解码百分号")
        case .resolverAddress:
            LocalizedText(english: "taken out of the web address, percent signs decoded", chinese: "从网址中取出并解码百分号")
        }
    }
}
