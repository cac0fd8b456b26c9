/// The standing of a prefix (identification-system.md §3.2); the numbers are the field's own.
public enum PrefixStatus: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    /// 停用.
    case disabled = 0
    /// 启用.
    case enabled = 1
    /// 待删除.
    case pendingDeletion = 2
    /// 被驳回.
    case rejected = 3
    /// 待审核.
    case pendingReview = 4
    /// 审核中.
    case underReview = 5
}
