internal import Console
internal import Resolution

extension UserMessage {
    /// Text that is no prefix.
    static func invalidPrefix(_ prefix: [UInt8]) -> UserMessage {
        UserMessage(
            "E-PREFIX-001",
            english: "not a prefix: \(TerminalText.safe(prefix))",
            chinese: "不是前缀：\(TerminalText.safe(prefix))",
            adviceEnglish: "write it like 88.118.8",
            adviceChinese: "请写成 88.118.8 的形式"
        )
    }

    /// Some prefixes are not those of this node.
    static func unknownPrefixes(_ prefixes: [[UInt8]]) -> UserMessage {
        let first = prefixes.first.map { TerminalText.safe($0) } ?? ""
        return UserMessage(
            "E-PREFIX-002",
            english: "\(prefixes.count) prefixes are not this node's, the first: \(first)",
            chinese: "有 \(prefixes.count) 个前缀不属于本节点，首个：\(first)",
            adviceEnglish: "list them with: idctl prefix list",
            adviceChinese: "可用 idctl prefix list 列出"
        )
    }

    /// A prefix still has identifiers, which nobody could resolve any more.
    static func prefixInUse(_ prefix: [UInt8]) -> UserMessage {
        UserMessage(
            "E-PREFIX-003",
            english: "\(TerminalText.safe(prefix)) still has identifiers here, which could not be resolved any more",
            chinese: "\(TerminalText.safe(prefix)) 下仍有标识，取消后将无法解析",
            adviceEnglish: "pass --yes to give the prefix up all the same",
            adviceChinese: "如确需取消，请加 --yes"
        )
    }

    /// The store will not do it.
    static func prefixRefused(_ prefix: [UInt8], _ reason: RefusalReason) -> UserMessage {
        let text = ImportFault.refused(reason).text
        return UserMessage(
            "E-PREFIX-004",
            english: "\(TerminalText.safe(prefix)): \(text.english)",
            chinese: "\(TerminalText.safe(prefix))：\(text.chinese)"
        )
    }

    /// A prefix that is to be allotted is here already.
    static func prefixKnown(_ prefix: [UInt8]) -> UserMessage {
        UserMessage(
            "E-PREFIX-005",
            english: "\(TerminalText.safe(prefix)) is known here already",
            chinese: "\(TerminalText.safe(prefix)) 已存在",
            adviceEnglish: "look at it with: idctl prefix show",
            adviceChinese: "可用 idctl prefix show 查看"
        )
    }

    /// A prefix that is to be allotted was withdrawn.
    static func prefixWithdrawn(_ prefix: [UInt8]) -> UserMessage {
        UserMessage(
            "E-PREFIX-006",
            english: "\(TerminalText.safe(prefix)) was withdrawn; whoever had it may still be known by it",
            chinese: "\(TerminalText.safe(prefix)) 曾被注销，原所有者可能仍以此为人所知",
            adviceEnglish: "pass --revive to allot it all the same",
            adviceChinese: "如确需分配，请加 --revive"
        )
    }
}
