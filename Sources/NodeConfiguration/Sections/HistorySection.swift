/// `[history]`: the log of changes.
package struct HistorySection: SettingSection {
    /// Days for which changes are kept; 0 stands for ever.
    package internal(set) var keepDays = 0

    static let keys: [SettingKey<HistorySection>] = [
        .integer("keep_days", 0...36_500, \.keepDays, "Days; 0: for ever.", "变更历史保留的天数；0 表示永久。")
    ]
}
