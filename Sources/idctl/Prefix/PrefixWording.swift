internal import Console
internal import Resolution

/// States of a prefix in words; the field's own numbers stand beside them.
enum PrefixWording {
    static func text(_ state: PrefixRow.State) -> LocalizedText {
        switch state {
        case .homed: LocalizedText(english: "homed", chinese: "托管")
        case .delegated: LocalizedText(english: "delegated", chinese: "委派")
        case .withdrawn: LocalizedText(english: "withdrawn", chinese: "已注销")
        }
    }

    static func text(_ status: PrefixStatus) -> LocalizedText {
        switch status {
        case .disabled: LocalizedText(english: "disabled", chinese: "停用")
        case .enabled: LocalizedText(english: "enabled", chinese: "启用")
        case .pendingDeletion: LocalizedText(english: "pending deletion", chinese: "待删除")
        case .rejected: LocalizedText(english: "rejected", chinese: "被驳回")
        case .pendingReview: LocalizedText(english: "pending review", chinese: "待审核")
        case .underReview: LocalizedText(english: "under review", chinese: "审核中")
        }
    }

    static func text(_ hosting: HostingState) -> LocalizedText {
        switch hosting {
        case .unhosted: LocalizedText(english: "not hosted", chinese: "未托管")
        case .requested: LocalizedText(english: "requested", chinese: "申请中")
        case .rejected: LocalizedText(english: "rejected", chinese: "被驳回")
        case .hosted: LocalizedText(english: "hosted", chinese: "已托管")
        }
    }

    /// `1 启用`, or in English `1 启用 (enabled)`.
    static func cell(_ number: UInt8, _ text: LocalizedText, _ language: Language) -> String {
        language == .chinese ? "\(number) \(text.chinese)" : "\(number) \(text.chinese) (\(text.english))"
    }
}
