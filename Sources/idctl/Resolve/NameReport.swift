internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// A name server's answer about an OID, as it is shown.
struct NameReport {
    /// The OID.
    let identifier: [UInt8]
    /// The name that was asked for, in wire form.
    let name: [UInt8]
    /// The name server.
    let server: String
    let carrier: AskError.Carrier
    let answer: DomainAnswer

    /// The pointers in the order in which they count.
    var pointers: [(pointer: NamingAuthorityPointer, ttlSeconds: UInt32)] { answer.pointers(of: name) }

    /// How the command ends.
    var exit: ProgramExit {
        switch DomainAnswer.Code(rawValue: answer.code) {
        case .done: pointers.isEmpty ? .notFound : .done
        case .nameNotFound: .notFound
        default: .failed
        }
    }

    /// A response code in words (RFC 1035 §4.1.1).
    static func meaning(of code: UInt8) -> LocalizedText {
        switch DomainAnswer.Code(rawValue: code) {
        case .done: LocalizedText(english: "answered", chinese: "已应答")
        case .formatError: LocalizedText(english: "the question cannot be read", chinese: "无法解读查询")
        case .serverFailure: LocalizedText(english: "the server failed", chinese: "服务器故障")
        case .nameNotFound: LocalizedText(english: "no such name", chinese: "名称不存在")
        case .notImplemented: LocalizedText(english: "not supported", chinese: "不支持")
        case .refused: LocalizedText(english: "refused", chinese: "拒绝应答")
        case nil: LocalizedText(english: "code \(code)", chinese: "响应码 \(code)")
        }
    }

    /// The services that X.672 assigns.
    private static let services: [(name: String, text: LocalizedText)] = [
        ("COID", LocalizedText(english: "canonical OID", chinese: "规范形式的 OID")),
        ("CINF", LocalizedText(english: "child information", chinese: "下级信息")),
        ("RINF", LocalizedText(english: "registration information", chinese: "注册信息")),
        ("MINF", LocalizedText(english: "module information", chinese: "模块信息")),
        ("UINF", LocalizedText(english: "URI", chinese: "URI")),
        ("LINF", LocalizedText(english: "ID registry", chinese: "标识登记处")),
    ]

    /// What a service such as `ORS+COID` is; nil: X.672 does not assign it.
    static func service(_ services: [UInt8]) -> LocalizedText? {
        let parts = ASCIIFolding.uppercased(services).split(separator: UInt8(ascii: "+"))
        guard parts.count == 2, parts[0].elementsEqual("ORS".utf8) else { return nil }
        return Self.services.first { parts[1].elementsEqual($0.name.utf8) }?.text
    }

    /// For a person: a table of the pointers, or why there are none.
    func lines(language: Language) -> [String] {
        func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }
        let name = TerminalText.safe(DomainName.text(of: self.name))
        let identifier = TerminalText.safe(self.identifier)
        guard !pointers.isEmpty else {
            let meaning = Self.meaning(of: answer.code)[language]
            return answer.code == 0
                ? [words("\(identifier): \(name) has no NAPTR records", "\(identifier)：\(name) 没有 NAPTR 记录")]
                : [
                    words("\(identifier): \(name): \(meaning)", "\(identifier)：\(name)：\(meaning)")
                        + " (\(answer.code))"
                ]
        }
        var table = Table([
            Table.Column(words("order", "次序"), .right), Table.Column(words("preference", "优先"), .right),
            Table.Column(words("flags", "标志")), Table.Column(words("service", "服务")), Table.Column(""),
            Table.Column(words("information", "信息")), Table.Column("TTL", .right),
        ])
        for (pointer, ttlSeconds) in pointers {
            table.add([
                "\(pointer.order)", "\(pointer.preference)", TerminalText.safe(pointer.flags),
                TerminalText.safe(pointer.services), Self.service(pointer.services)?[language] ?? "",
                Self.information(of: pointer), "\(ttlSeconds)",
            ])
        }
        return table.lines()
    }

    /// What the rule says of any name, else the rule itself, else the name to go on with.
    private static func information(of pointer: NamingAuthorityPointer) -> String {
        if let information = pointer.information { return TerminalText.safe(information) }
        if !pointer.regularExpression.isEmpty { return TerminalText.safe(pointer.regularExpression) }
        return TerminalText.safe(DomainName.text(of: pointer.replacement))
    }
}
