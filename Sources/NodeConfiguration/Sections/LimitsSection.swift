/// `[limits]`: what one request may ask for.
package struct LimitsSection: SettingSection {
    /// Bytes of requests and answers under way, in all.
    package internal(set) var inFlightBytes = 256 << 20
    /// Indexes and types in one request, together.
    package internal(set) var lookupsList = 2_048

    static let keys: [SettingKey<LimitsSection>] = [
        .bytes(
            "in_flight_bytes",
            1 << 20...1 << 40,
            \.inFlightBytes,
            "Requests and answers under way, a quarter of it for administration; over it the node says \"busy\".",
            "处理中请求与应答的总字节数，其中四分之一用于管理操作；超过时应答“忙”。"
        ),
        .integer(
            "lookups_list",
            1...65_536,
            \.lookupsList,
            "Indexes and types in one request, together.",
            "单个请求中索引与类型的总个数。"
        ),
    ]
}
