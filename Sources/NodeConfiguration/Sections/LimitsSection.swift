/// `[limits]`: what one request may ask for.
package struct LimitsSection: SettingSection {
    /// Bytes of one message; the protocol's bound is the default, it can only be lowered.
    package internal(set) var messageBytes = 262_144
    /// Values of one identifier.
    package internal(set) var valuesPerIdentifier = 2_048
    /// Bytes of requests and answers under way, in all.
    package internal(set) var inFlightBytes = 256 << 20
    /// Indexes and types in one request, together.
    package internal(set) var lookupsList = 4_096

    static let keys: [SettingKey<LimitsSection>] = [
        .integer(
            "message_bytes",
            4_096...262_144,
            \.messageBytes,
            "One message; can only be lowered.",
            "单条消息的字节数；只能调低。"
        ),
        .integer(
            "values_per_identifier",
            1...2_048,
            \.valuesPerIdentifier,
            "Values of one identifier.",
            "单个标识的值个数上限。"
        ),
        .bytes(
            "in_flight_bytes",
            1 << 20...1 << 40,
            \.inFlightBytes,
            "Requests and answers under way, in all; over it the node says \"busy\".",
            "处理中请求与应答的总字节数；超过时应答“忙”。"
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
