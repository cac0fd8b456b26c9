/// `[run]`: starting and stopping.
package struct RunSection: SettingSection {
    /// How long requests under way may take to finish after SIGTERM.
    package internal(set) var drain: Duration = .seconds(10)

    static let keys: [SettingKey<RunSection>] = [
        .duration(
            "drain",
            .zero...(.seconds(600)),
            \.drain,
            "After SIGTERM, requests under way may take this long.",
            "收到 SIGTERM 后，处理中的请求最多再用此时间。"
        )
    ]
}
