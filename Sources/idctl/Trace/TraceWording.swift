internal import Console
internal import ResolutionProtocol

/// What became of an identifier, in words for people and for programs.
enum TraceWording {
    /// For people.
    static func text(of state: TraceState) -> LocalizedText {
        switch state {
        case .found: LocalizedText(english: "found", chinese: "已找到")
        case .denied: LocalizedText(english: "denied", chinese: "无权查看")
        case .unreachable: LocalizedText(english: "unreachable", chinese: "不可达")
        case .notFound: LocalizedText(english: "not found", chinese: "不存在")
        case .beyondDepth: LocalizedText(english: "not followed (depth)", chinese: "未追溯（层数）")
        case .beyondCount: LocalizedText(english: "not followed (number)", chinese: "未追溯（个数）")
        case .beyondBytes: LocalizedText(english: "not followed (bytes)", chinese: "未追溯（字节数）")
        case .elsewhere: LocalizedText(english: "not followed (other node)", chinese: "未追溯（其他节点）")
        }
    }

    /// For programs: the state, and what kept it from being asked for.
    static func words(of state: TraceState) -> (state: String, bound: String?) {
        switch state {
        case .found: ("found", nil)
        case .denied: ("denied", nil)
        case .unreachable: ("unreachable", nil)
        case .notFound: ("not-found", nil)
        case .beyondDepth: ("not-followed", "depth")
        case .beyondCount: ("not-followed", "identifiers")
        case .beyondBytes: ("not-followed", "bytes")
        case .elsewhere: ("not-followed", "elsewhere")
        }
    }
}
