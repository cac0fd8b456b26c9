/// `[tcp]`: connections.
package struct TCPSection: SettingSection {
    /// Open connections in all; 0 stands for half of the file limit.
    package internal(set) var connections = 0
    /// Open connections per IPv4 address or IPv6 /56.
    package internal(set) var connectionsPerAddress = 256
    /// How long a connection may stay that has asked nothing yet.
    package internal(set) var idleUnasked: Duration = .seconds(10)
    /// How long a connection may stay idle that has been answered.
    package internal(set) var idleAnswered: Duration = .seconds(1_800)
    /// From a message's first byte to its last.
    package internal(set) var wholeMessage: Duration = .seconds(5)
    /// How long the other side may take nothing of an answer.
    package internal(set) var writeStall: Duration = .seconds(10)
    /// Bytes of answers that wait for one connection.
    package internal(set) var pendingOutput = 1 << 20

    static let keys: [SettingKey<TCPSection>] = [
        .integer(
            "connections",
            0...10_000_000,
            \.connections,
            "In all; 0: half of the file limit.",
            "连接总数上限；0 表示文件数上限的一半。"
        ),
        .integer(
            "connections_per_address",
            1...1_000_000,
            \.connectionsPerAddress,
            "Per IPv4 address or IPv6 /56.",
            "每个 IPv4 地址或 IPv6 /56 的上限。"
        ),
        .duration(
            "idle_unasked",
            .milliseconds(100)...(.seconds(3_600)),
            \.idleUnasked,
            "Closed after this long without a request.",
            "从未提出请求的连接在此时间后关闭。"
        ),
        .duration(
            "idle_answered",
            .seconds(1)...(.seconds(86_400)),
            \.idleAnswered,
            "Closed after this long idle, once answered.",
            "已应答过的连接空闲此时间后关闭。"
        ),
        .duration(
            "whole_message",
            .milliseconds(100)...(.seconds(300)),
            \.wholeMessage,
            "From a message's first byte to its last.",
            "一条消息从首字节到末字节的时限。"
        ),
        .duration(
            "write_stall",
            .milliseconds(100)...(.seconds(300)),
            \.writeStall,
            "How long a client may read nothing of its answer.",
            "客户端不读取应答的时限。"
        ),
        .bytes(
            "pending_output",
            262_144...1 << 28,
            \.pendingOutput,
            "Answers waiting for one connection.",
            "每个连接待发送应答的上限。"
        ),
    ]
}
