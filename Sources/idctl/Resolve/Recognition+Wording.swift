internal import Console
internal import Resolution

extension Recognition {
    /// What a server of the Handle protocol is asked for: of what other systems resolve the text as it stands.
    var asked: [UInt8] { scheme.isOfHandleProtocol ? canonical : standing }

    /// The notes about what stands between the typed text and what is asked for.
    var changes: [RecognitionNote] {
        notes.filter { note in
            guard let change = note.change else { return false }
            return scheme.isOfHandleProtocol || ["white-space", "symbology", "full-width"].contains(change)
        }
    }
}

extension RecognitionNote {
    /// What it says, without code and place.
    var text: LocalizedText { LocalizedText(english: description, chinese: chineseDescription) }

    /// What it says, its code, and the byte it is about, counted from 1.
    var fullText: LocalizedText {
        LocalizedText(
            english: "\(description) (\(code), byte \(place + 1))",
            chinese: "\(chineseDescription)（\(code)，第 \(place + 1) 字节）"
        )
    }

    /// Under what it is told: `read`, `decided`, `note`.
    var heading: (key: String, name: LocalizedText) {
        if change != nil { return ("read", LocalizedText(english: "read", chinese: "读取")) }
        switch kind {
        case .prefixNotOID, .oidNotPrefix, .handleNotOID, .oidNotSystemName, .gtinNotShortCode, .shortCodeNotGTIN,
            .shortCodeNotPrefix, .ecodeAsGiven, .suffixKept:
            return ("decided", LocalizedText(english: "decided", chinese: "判定"))
        default: return ("note", LocalizedText(english: "note", chinese: "说明"))
        }
    }
}

extension IdentifierScheme {
    /// What it is.
    var text: LocalizedText {
        switch self {
        case .vaa:
            LocalizedText(
                english: "VAA code (88: CAICT's range, over the Handle protocol)",
                chinese: "VAA 编码（88：中国信通院号段，沿用 Handle 协议）"
            )
        case .handleOfChina:
            LocalizedText(english: "Handle (86: China's range)", chinese: "Handle 标识（86：中国号段）")
        case .handle: LocalizedText(english: "Handle, prefix/suffix", chinese: "Handle 标识，前缀/后缀")
        case .system:
            LocalizedText(english: "name of the Handle system itself (0.…)", chinese: "Handle 系统自身的名称（0.…）")
        case .prefix:
            LocalizedText(english: "a prefix alone: its own record is asked for", chinese: "仅为前缀：查询前缀自身的记录")
        case .oid: LocalizedText(english: "an OID", chinese: "OID 标识")
        case .ecode: LocalizedText(english: "an Ecode", chinese: "Ecode 编码")
        case .gs1: LocalizedText(english: "a GS1 key or element string", chinese: "GS1 编码")
        case .epc: LocalizedText(english: "an electronic product code (EPC)", chinese: "产品电子代码（EPC）")
        case .didBID: LocalizedText(english: "a DID of BIF (BID)", chinese: "星火链网标识（DID:BID）")
        case .did: LocalizedText(english: "a DID", chinese: "DID 标识")
        case .url: LocalizedText(english: "a web address without an identifier in it", chinese: "不含标识的网址")
        case .unknown: LocalizedText(english: "no scheme recognised", chinese: "未识别出编码体系")
        }
    }
}

extension SchemeRoute {
    /// Who resolves it; `root` is the domain under which OIDs lie.
    func text(oidRoot root: String) -> LocalizedText {
        switch self {
        case .own: LocalizedText(english: "the node's own table", chinese: "节点自身的表")
        case .ownElseTopLevel:
            LocalizedText(
                english: "the node's own table, else the national top-level node",
                chinese: "节点自身的表，否则为国家顶级节点"
            )
        case .globalRegistry:
            LocalizedText(english: "the global Handle registry (GHR)", chinese: "全球 Handle 注册系统（GHR）")
        case .objectIdentifierSystem(let labels):
            LocalizedText(
                english: "the OID resolution system (ORS): NAPTR records of \(TerminalText.safe(labels)).\(root)",
                chinese: "OID 解析系统（ORS）：\(TerminalText.safe(labels)).\(root) 的 NAPTR 记录"
            )
        case .gs1Resolver(let address):
            LocalizedText(
                english: "a GS1 resolver: GET \(TerminalText.safe(address))",
                chinese: "GS1 解析器：GET \(TerminalText.safe(address))"
            )
        case .blockchainInfrastructure:
            LocalizedText(
                english: "BIF, the blockchain infrastructure: GET http://host/<bid>",
                chinese: "星火·链网（BIF）：GET http://host/<bid>"
            )
        case .ecodePlatform: LocalizedText(english: "the Ecode platform's gateway", chinese: "Ecode 平台网关")
        case .none: LocalizedText(english: "nobody that is known here", chinese: "此处未知")
        }
    }
}
