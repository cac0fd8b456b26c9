internal import Console
internal import Resolution

extension UserMessage {
    /// A file is no template.
    static func unusableTemplate(_ error: TemplateError, path: String) -> UserMessage {
        let text = TemplateWording.text(error)
        return UserMessage(
            "E-TEMPLATE-001",
            english: text.english,
            chinese: text.chinese,
            adviceEnglish: "correct it; idctl template example shows one",
            adviceChinese: "请改正；idctl template example 可输出示例",
            at: MessagePlace(file: path)
        )
    }

    /// Of which prefix a template is, is not said.
    static func noTemplatePrefix() -> UserMessage {
        UserMessage(
            "E-TEMPLATE-002",
            english: "it is not said of which prefix the template is",
            chinese: "未指明模板所属前缀",
            adviceEnglish: "give --prefix, such as --prefix 88.118.8",
            adviceChinese: "请给出 --prefix，例如 --prefix 88.118.8"
        )
    }

    /// The server has no such template.
    static func noSuchTemplate(_ identifier: [UInt8]) -> UserMessage {
        UserMessage(
            "E-TEMPLATE-003",
            english: "there is no template \(TerminalText.safe(identifier))",
            chinese: "没有模板 \(TerminalText.safe(identifier))",
            adviceEnglish: "idctl template list shows those of a prefix",
            adviceChinese: "idctl template list 可列出前缀的模板"
        )
    }

    /// The identifier of a template could not be computed.
    static func noTemplateIdentifier(_ reason: String) -> UserMessage {
        UserMessage(
            "E-TEMPLATE-006",
            english: "the template's identifier cannot be computed: \(reason)",
            chinese: "无法计算模板的标识：\(reason)",
            adviceEnglish: "try again; if it stays so, check the installation of OpenSSL (idctl --version)",
            adviceChinese: "请重试；若仍如此，请检查 OpenSSL 的安装（idctl --version）"
        )
    }

    /// An edition would leave identifiers that do not comply.
    static func breaksIdentifiers(_ identifier: [UInt8]) -> UserMessage {
        UserMessage(
            "E-TEMPLATE-004",
            english:
                "\(TerminalText.safe(identifier)): existing identifiers would not comply any more; nothing was changed",
            chinese: "\(TerminalText.safe(identifier))：会使已有标识不合规；未作任何变更",
            adviceEnglish: "change the template or the identifiers, or use --allow-breaking",
            adviceChinese: "请修改模板或这些标识，或使用 --allow-breaking"
        )
    }

    /// An edition does not keep what it must.
    static func badEvolution(_ identifier: [UInt8]) -> UserMessage {
        UserMessage(
            "E-TEMPLATE-005",
            english: "\(TerminalText.safe(identifier)) cannot become this; nothing was changed",
            chinese: "\(TerminalText.safe(identifier)) 不能变更为此模板；未作任何变更",
            adviceEnglish: "keep its items, or register a template of another version",
            adviceChinese: "请保留其各项，或以新版本号登记模板"
        )
    }
}
