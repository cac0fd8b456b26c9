internal import Console
internal import Cryptography
internal import EventLoop
internal import ResolutionClient

// What is said of connections, addresses and TLS.
extension UserMessage {
    /// A list of addresses that is none.
    static func badSource(_ text: String) -> UserMessage {
        .unusableArgument(
            "--source-addresses",
            value: text,
            expected: LocalizedText(
                english: "addresses of this machine without ports, of the target's family, as 192.0.2.1,192.0.2.2",
                chinese: "与目标同类的本机地址，不带端口，例如 192.0.2.1,192.0.2.2"
            )
        )
    }

    /// No interface of this machine has it.
    static func notOurAddress(_ text: String) -> UserMessage {
        UserMessage(
            "E-LOAD-040",
            english: "\(text) is no address of this machine",
            chinese: "\(text) 不是本机地址",
            adviceEnglish: "see ip address; another one is added by: ip address add \(text) dev eth0",
            adviceChinese: "请用 ip address 查看；添加地址：ip address add \(text) dev eth0"
        )
    }

    /// Nobody said whom to trust.
    static let noTrust = UserMessage(
        "E-LOAD-041",
        english: "--protocol tls needs to know whom to trust",
        chinese: "--protocol tls 需要说明信任谁",
        adviceEnglish: "give --tls-ca FILE, --tls-pin FILE with the node's own certificate, or --tls-insecure",
        adviceChinese: "请给出 --tls-ca FILE、含节点自身证书的 --tls-pin FILE，或 --tls-insecure"
    )

    /// A file of certificates, or a name, that cannot be used.
    static func unusableTrust(_ error: TLSContextError) -> UserMessage {
        UserMessage(
            "E-LOAD-042",
            english: "the certificates cannot be used: \(error.reason)",
            chinese: "证书不可用：\(error.reason)",
            adviceEnglish: "give a PEM file of certificates, and with --tls-name a host name or address",
            adviceChinese: "请给出 PEM 格式的证书文件，--tls-name 应为主机名或地址",
            at: error.file.isEmpty ? nil : MessagePlace(file: error.file)
        )
    }

    /// The target is there, and no TLS session comes about.
    static func notSecured(_ target: SocketAddress, _ why: AskFailure) -> UserMessage {
        UserMessage(
            "E-LOAD-043",
            english: "no TLS session with \(target) comes about: \(why)",
            chinese: "无法与 \(target) 建立 TLS 会话：\(why.chineseDescription)",
            adviceEnglish: "see that the port is the node's [tls] port, and its certificate the one that is trusted",
            adviceChinese: "请确认端口是节点 [tls] 的端口，且其证书是所信任的证书"
        )
    }
}
