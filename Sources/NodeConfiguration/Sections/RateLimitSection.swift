/// `[rate_limit]`: what one source network is sent by UDP, where a source proves nothing.
package struct RateLimitSection: SettingSection {
    /// What comes of an answer over the limit.
    package enum Mode: String, SettingChoice {
        /// Silence, counted.
        case on
        /// It is sent and counted.
        case dryRun = "dry-run"
        /// It is sent.
        case off
    }

    /// What comes of an answer over the limit.
    package internal(set) var mode = Mode.on
    /// Datagrams sent to one network per second.
    package internal(set) var packetsPerSecond = 200
    /// Datagrams sent to one network at once.
    package internal(set) var packetBurst = 500
    /// Bytes sent to one network in ten seconds, in percent of those received from it.
    package internal(set) var bytePercent = 140
    /// Bytes that a network is sent in ten seconds beside those.
    package internal(set) var freeBytes = 16_384
    /// Networks that are not limited.
    package internal(set) var allow: [IPNetwork] = [.loopback4, .loopback6]
    /// Networks that each worker knows apart.
    package internal(set) var networks = 16_384

    static let keys: [SettingKey<RateLimitSection>] = [
        .choice(
            "mode",
            \.mode,
            "\"on\", \"dry-run\" (only counts what it would keep back) or \"off\".",
            "\"on\"、\"dry-run\"（只统计、不限制）或 \"off\"。"
        ),
        .integer(
            "packets_per_second",
            1...1_000_000,
            \.packetsPerSecond,
            "Datagrams sent to one network (IPv4 /24, IPv6 /56) by each worker: per second,",
            "每个工作线程向一个网段（IPv4 /24、IPv6 /56）发送的数据报：每秒上限，"
        ),
        .integer("packet_burst", 32...1_000_000, \.packetBurst, "and at once.", "以及突发上限。"),
        .integer(
            "byte_percent",
            100...100_000,
            \.bytePercent,
            "Bytes sent to one network in ten seconds, in percent of those received from it.",
            "十秒内向一个网段发送的字节数，占从该网段收到字节数的百分比。"
        ),
        .integer(
            "free_bytes",
            0...1_048_576,
            \.freeBytes,
            "Bytes that a network is sent in ten seconds beside those: enough for whoever asks now and then.",
            "此外十秒内可向一个网段发送的字节数：足够偶尔查询者使用。"
        ),
        .list(
            "allow",
            countMax: 64,
            \.allow,
            "Networks that are not limited, such as a load test's; probes in [[origins]] never are.",
            "不受限制的网段，例如压力测试来源；[[origins]] 中的 probe 从不受限。"
        ),
        .integer(
            "networks",
            1_024...1_048_576,
            \.networks,
            "Networks that each worker knows apart, 128 bytes each.",
            "每个工作线程分别记录的网段数，每个 128 字节。"
        ),
    ]
}
