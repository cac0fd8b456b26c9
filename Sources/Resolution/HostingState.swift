/// Whether a prefix's identifiers are kept for its owner (identification-system.md §3.2); the numbers are the field's.
public enum HostingState: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    /// 未托管.
    case unhosted = 1
    /// 申请中.
    case requested = 2
    /// 被驳回.
    case rejected = 3
    /// 已托管.
    case hosted = 4

    /// What a prefix in `state` has when nobody says otherwise.
    package init(of state: PrefixRow.State) { self = state == .homed ? .hosted : .unhosted }
}
