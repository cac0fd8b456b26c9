internal import Console
internal import ResolutionProtocol

/// What kind of identifier a text looks like, and what `idctl resolve` does with it (docs/idctl.md).
enum IdentifierScheme: String {
    /// `88.…/…`: CAICT's range, carried by the same protocol.
    case vaa
    /// `86.…/…`: China's range in the Handle system.
    case handleOfChina = "handle-86"
    /// Any other `prefix/suffix`.
    case handle
    /// `0.NA/…` and the like: names of the system itself.
    case system
    /// A prefix alone.
    case prefix
    /// An object identifier, written with dots, as a URN or in braces.
    case oid
    /// A GS1 element string, key or EPC.
    case gs1
    /// A decentralized identifier.
    case did
    /// An address of the web that holds no identifier we know.
    case url
    /// None of these.
    case unknown

    /// What `identifier` looks like, by its first octets and its digits.
    init(_ identifier: [UInt8]) {
        let text = String(decoding: identifier, as: UTF8.self)
        let folded = String(decoding: ASCIIFolding.uppercased(identifier), as: UTF8.self)
        if folded.hasPrefix("DID:") {
            self = .did
        } else if folded.hasPrefix("URN:OID:") || (text.hasPrefix("{") && text.hasSuffix("}")) {
            self = .oid
        } else if folded.hasPrefix("URN:EPC:") || Self.hasApplicationIdentifier(text) || GS1Key.isOne(identifier) {
            self = .gs1
        } else if folded.hasPrefix("HTTP://") || folded.hasPrefix("HTTPS://") {
            self = .url
        } else if text.contains("/") {
            self = Self.ofPrefix(text.prefix { $0 != "/" })
        } else {
            self = Self.ofName(text)
        }
    }

    private static func ofPrefix(_ prefix: Substring) -> IdentifierScheme {
        let segments = prefix.split(separator: ".", omittingEmptySubsequences: false)
        switch segments.first {
        case "0"?: return .system
        case "86"? where segments.count > 1: return .handleOfChina
        case "88"? where segments.count > 1: return .vaa
        default: return .handle
        }
    }

    /// A text without `/`: arcs of an OID begin with 0, 1 or 2; other numbers with dots are a prefix.
    private static func ofName(_ text: String) -> IdentifierScheme {
        let segments = text.split(separator: ".", omittingEmptySubsequences: false)
        guard segments.count > 1, segments.allSatisfy({ !$0.isEmpty }), isNumber(segments[0]) else { return .unknown }
        guard let first = Int(segments[0]), first <= 2, segments.allSatisfy(isNumber) else { return .prefix }
        let second = Int(segments[1]) ?? Int.max
        return first == 2 || second < 40 ? .oid : .prefix
    }

    private static func isNumber(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    /// `(01)…`: an application identifier of two to four digits in brackets.
    private static func hasApplicationIdentifier(_ text: String) -> Bool {
        guard text.hasPrefix("("), let end = text.firstIndex(of: ")") else { return false }
        let digits = text[text.index(after: text.startIndex)..<end]
        return (2...4).contains(digits.utf8.count) && isNumber(digits)
    }
}

extension IdentifierScheme {
    /// What it is and what was done with it.
    var text: LocalizedText {
        switch self {
        case .vaa:
            LocalizedText(
                english: "VAA code (88: CAICT's range, over the Handle protocol)",
                chinese: "VAA 编码（88：中国信通院号段，沿用 Handle 协议）"
            )
        case .handleOfChina:
            LocalizedText(english: "Handle (86: China's range)", chinese: "Handle 标识（86：中国号段）")
        case .handle:
            LocalizedText(english: "Handle, prefix/suffix", chinese: "Handle 标识，前缀/后缀")
        case .system:
            LocalizedText(english: "name of the Handle system itself (0.…)", chinese: "Handle 系统自身的名称（0.…）")
        case .prefix:
            LocalizedText(english: "a prefix alone: its own record is asked for", chinese: "仅为前缀：查询前缀自身的记录")
        case .oid: Self.foreign("an OID", "OID", "the OID resolution system (ORS)", "OID 解析系统（ORS）")
        case .gs1: Self.foreign("a GS1 key or element string", "GS1 编码", "a GS1 resolver", "GS1 解析器")
        case .did: Self.foreign("a DID", "DID 标识", "the registry of its method", "其方法的登记系统")
        case .url:
            LocalizedText(
                english: "a web address without an identifier in it; asked for as it stands",
                chinese: "不含标识的网址，按原样查询"
            )
        case .unknown:
            LocalizedText(
                english: "no scheme recognised: no / and no dotted number; asked for as it stands, as a prefix's name",
                chinese: "未识别出编码体系：没有“/”，也不是带点的数字；按原样作为前缀名查询"
            )
        }
    }

    private static func foreign(_ what: String, _ chinese: String, _ place: String, _ chinesePlace: String)
        -> LocalizedText
    {
        LocalizedText(
            english: "looks like \(what), which \(place) resolves; asked for as it stands, as a prefix's name",
            chinese: "看似 \(chinese)，应由 \(chinesePlace)解析；此处按原样作为前缀名查询"
        )
    }
}
