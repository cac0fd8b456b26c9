internal import Console
internal import Resolution

/// The words of the route guardian in both languages.
enum GuardianWording {
    /// How addresses stand, by the names in reports.
    static let states: [(name: String, text: LocalizedText)] = [
        ("alive", LocalizedText(english: "alive", chinese: "正常")),
        ("suspected", LocalizedText(english: "suspected", chinese: "存疑")),
        ("dead", LocalizedText(english: "dead", chinese: "失效")),
    ]

    private static let causes: [String: LocalizedText] = [
        "silent": LocalizedText(english: "no answer", chinese: "无应答"),
        "refused": LocalizedText(english: "connection refused", chinese: "拒绝连接"),
        "unreachable": LocalizedText(english: "unreachable", chinese: "不可达"),
        "unbelievable": LocalizedText(english: "wrong answers", chinese: "应答不可信"),
    ]

    /// A word that we have none for stays as the node says it.
    static func state(_ name: String) -> LocalizedText {
        states.first { $0.name == name }?.text ?? LocalizedText(english: name, chinese: name)
    }

    static func cause(_ name: String) -> LocalizedText { causes[name] ?? LocalizedText(english: name, chinese: name) }

    static func kind(_ kind: GuardianEvent.Kind) -> LocalizedText {
        switch kind {
        case .abnormal: LocalizedText(english: "abnormal", chinese: "异常")
        case .recovered: LocalizedText(english: "recovered", chinese: "恢复正常")
        case .unwatched: LocalizedText(english: "not watched any more", chinese: "不再监测")
        }
    }
}
