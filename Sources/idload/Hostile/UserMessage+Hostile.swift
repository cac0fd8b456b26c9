internal import Console
internal import EventLoop

// What is said of hostile clients.
extension UserMessage {
    /// A machine that is not this one, and nobody has said that it may be hurt.
    static func notToBeHurt(_ target: SocketAddress) -> UserMessage {
        UserMessage(
            "E-LOAD-045",
            english: "\(target) is not this machine: hostile clients are for targets that are yours",
            chinese: "\(target) 不是本机：恶意客户端只能用于您自己的目标",
            adviceEnglish: "if it is yours, add --allow \(target.host) --i-own-this-target",
            adviceChinese: "如果目标归您所有，请加上 --allow \(target.host) --i-own-this-target"
        )
    }

    /// Misbehaving goes over TCP or UDP.
    static func badHostileProtocol(_ text: String) -> UserMessage {
        .unusableArgument(
            "--protocol",
            value: text,
            expected: LocalizedText(
                english: "tcp, or udp for random and malformed",
                chinese: " tcp，或用于 random 和 malformed 的 udp"
            )
        )
    }

    /// The well-behaved client got no answer before anybody misbehaved.
    static func noProbe(_ reason: LocalizedText) -> UserMessage {
        UserMessage(
            "E-LOAD-046",
            english: "the well-behaved client gets no right answer even before anybody misbehaves: \(reason.english)",
            chinese: "尚未开始时正常客户端就得不到正确应答：\(reason.chinese)",
            adviceEnglish: "give --id with an identifier that exists, and with --probe where the node answers over TCP",
            adviceChinese: "请用 --id 给出存在的标识，并用 --probe 给出节点通过 TCP 应答的地址"
        )
    }
}
