/// `[tls]`: connections by TLS 1.3, beside those of `[[listen]]`.
package struct TLSSection: SettingSection {
    /// What is asked of clients' certificates.
    package enum ClientCertificate: String, SettingChoice {
        /// Nothing.
        case none
        /// One that holds, or none at all.
        case optional
        /// One that holds.
        case required
    }

    /// The addresses to listen on; empty: there is no TLS.
    package internal(set) var addresses: [IPAddress] = []
    /// 0…65535; 0 stands for any free one.
    package internal(set) var port = 2_642
    /// The absolute path of a PEM file: the node's certificate, and those that lead to its authority.
    package internal(set) var certificate = ""
    /// The absolute path of a PEM file: the certificate's private key.
    package internal(set) var key = ""
    /// What is asked of clients' certificates.
    package internal(set) var clientCertificate = ClientCertificate.none
    /// The absolute path of a PEM file: the authorities of clients' certificates.
    package internal(set) var clientCA = ""

    static let keys: [SettingKey<TLSSection>] = [
        .list(
            "addresses",
            countMax: 16,
            \.addresses,
            "Where to listen, such as [\"0.0.0.0\", \"::\"]; empty: no TLS.",
            "监听地址，例如 [\"0.0.0.0\", \"::\"]；空表示不启用 TLS。"
        ),
        .integer("port", 0...65_535, \.port, "0: any free port (for tests).", "0 表示任一空闲端口（用于测试）。"),
        .text(
            "certificate",
            \.certificate,
            "PEM file: this node's certificate, then those that lead to its authority.",
            "PEM 文件：本节点证书，其后为通向颁发机构的各级证书。"
        ),
        .text(
            "key",
            \.key,
            "PEM file: the certificate's private key, not encrypted, readable by the node alone.",
            "PEM 文件：证书的私钥，不加密，仅本节点可读。"
        ),
        .choice(
            "client_certificate",
            \.clientCertificate,
            "\"none\": not asked for, \"optional\": asked for, \"required\": nobody without one.",
            "客户端证书：\"none\" 不要求，\"optional\" 可提供，\"required\" 必须提供。"
        ),
        .text(
            "client_ca",
            \.clientCA,
            "PEM file: the authorities that issue clients' certificates.",
            "PEM 文件：颁发客户端证书的机构。"
        ),
    ]
}
