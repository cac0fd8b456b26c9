internal import Console

extension UserMessage {
    /// The node's words about reports are not in the form we know.
    static func unreadableReports(_ place: String) -> UserMessage {
        UserMessage(
            "E-FEDERATION-001",
            english: "what the node says of reports cannot be read",
            chinese: "节点的上报信息无法读取",
            adviceEnglish: "check that idnode and idctl are of the same version",
            adviceChinese: "请确认 idnode 与 idctl 版本一致",
            at: MessagePlace(file: place)
        )
    }

    /// Nobody has reported for this prefix.
    static func nothingReported(_ prefix: [UInt8]) -> UserMessage {
        UserMessage(
            "E-FEDERATION-002",
            english: "nothing was reported for \(TerminalText.safe(prefix))",
            chinese: "\(TerminalText.safe(prefix)) 尚无上报",
            adviceEnglish: "see who reports with: idctl federation show",
            adviceChinese: "可用 idctl federation show 查看上报节点"
        )
    }

    /// A file that holds no key by which reports are signed.
    static func unsuitableReportKey(_ file: String) -> UserMessage {
        UserMessage(
            "E-FEDERATION-003",
            english: "this is no public key of the kinds Ed25519 and SM2",
            chinese: "不是 Ed25519 或 SM2 公钥",
            adviceEnglish: "have the node below write it with: idctl federation key",
            adviceChinese: "请由下级节点用 idctl federation key 导出",
            at: MessagePlace(file: file)
        )
    }

    /// The record has no index left for a key.
    static func tooManyReportKeys(_ prefix: [UInt8]) -> UserMessage {
        UserMessage(
            "E-FEDERATION-004",
            english: "the record of \(TerminalText.safe(prefix)) has no index from 310 to 399 left for a key",
            chinese: "\(TerminalText.safe(prefix)) 的前缀记录在 310 至 399 之间已无空闲索引",
            adviceEnglish: "remove keys that are not used any more with: idctl identifier set",
            adviceChinese: "请用 idctl identifier set 删除不再使用的密钥"
        )
    }
}
