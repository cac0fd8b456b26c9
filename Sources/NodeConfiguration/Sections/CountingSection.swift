/// `[counting]`: the tables of the counters, per worker.
package struct CountingSection: SettingSection {
    /// Prefixes counted by themselves.
    package internal(set) var prefixSlots = 65_536
    /// Sources counted by themselves per day; the rest in one line.
    package internal(set) var sourceEntries = 65_536
    /// Within this time the same datagram again is a repeat, not a second resolution.
    package internal(set) var repeatWindow: Duration = .seconds(3)
    /// Datagrams remembered for that.
    package internal(set) var repeatEntries = 262_144

    static let keys: [SettingKey<CountingSection>] = [
        .integer(
            "prefix_slots",
            64...1_048_576,
            \.prefixSlots,
            "Prefixes counted by themselves, per worker.",
            "单独计数的前缀个数（每个工作线程）。"
        ),
        .integer(
            "source_entries",
            64...1_048_576,
            \.sourceEntries,
            "Sources counted by themselves per day; the rest is one line.",
            "每日单独计数的来源个数；其余合为一行。"
        ),
        .duration(
            "repeat_window",
            .milliseconds(100)...(.seconds(60)),
            \.repeatWindow,
            "The same datagram again within this time is counted as a repeat.",
            "此时间内重复的数据报计为“重复”。"
        ),
        .integer(
            "repeat_entries",
            64...4_194_304,
            \.repeatEntries,
            "Datagrams remembered for that, per worker.",
            "为此记住的数据报个数（每个工作线程）。"
        ),
    ]
}
