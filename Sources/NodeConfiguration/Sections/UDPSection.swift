/// `[udp]`: datagrams.
package struct UDPSection: SettingSection {
    /// Whether operations other than 1, 2, 200 and 201 are taken over UDP.
    package internal(set) var administration = false
    /// Bytes that the kernel is asked to keep of what has come, for each socket.
    package internal(set) var receiveBuffer = 1 << 20
    /// Unfinished requests of several packets, from one address.
    package internal(set) var reassembliesPerAddress = 64
    /// Unfinished requests of several packets, in all.
    package internal(set) var reassemblies = 4_096
    /// Bytes held for them, in all.
    package internal(set) var reassemblyBytes = 16 << 20
    /// Seconds after which an unfinished request is dropped.
    package internal(set) var reassemblySeconds = 5
    /// Packets in one answer to a source that has proven nothing.
    package internal(set) var answerPacketsMax = 32

    static let keys: [SettingKey<UDPSection>] = [
        .flag(
            "administration",
            \.administration,
            "Take administrative operations over UDP too.",
            "是否也通过 UDP 接受管理操作。"
        ),
        .bytes(
            "receive_buffer",
            65_536...1 << 30,
            \.receiveBuffer,
            "What the kernel keeps of unread datagrams; more bears longer bursts, and makes overload slower.",
            "内核为未读取的数据报保留的缓冲区；较大时可承受更长的突发，但过载时应答更慢。"
        ),
        .integer(
            "reassemblies_per_address",
            1...65_536,
            \.reassembliesPerAddress,
            "Unfinished requests of several packets: per address,",
            "未收全的多包请求：每个地址的上限，"
        ),
        .integer("reassemblies", 1...1_048_576, \.reassemblies, "in all,", "总数上限，"),
        .bytes("reassembly_bytes", 262_144...1 << 32, \.reassemblyBytes, "their bytes in all,", "总字节数上限，"),
        .integer("reassembly_seconds", 1...60, \.reassemblySeconds, "and how long they are kept.", "以及保留的秒数。"),
        .integer(
            "answer_packets_max",
            1...640,
            \.answerPacketsMax,
            "Packets in one answer to an unproven source; larger answers need TCP.",
            "对未验证来源的单个应答最多的包数；更大的应答须用 TCP。"
        ),
    ]
}
