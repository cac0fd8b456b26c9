extension PrefixStatus {
    /// What an asker is told, in English and 中文.
    public var name: String {
        switch self {
        case .disabled: "disabled (停用)"
        case .enabled: "enabled (启用)"
        case .pendingDeletion: "pending deletion (待删除)"
        case .rejected: "rejected (被驳回)"
        case .pendingReview: "pending review (待审核)"
        case .underReview: "under review (审核中)"
        }
    }
}
