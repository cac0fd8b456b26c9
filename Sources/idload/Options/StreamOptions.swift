internal import ArgumentParser
internal import Console

/// The flags that say how sockets and connections are made.
struct StreamOptions: ParsableArguments {
    @Option(
        help: Speech.help(
            "Close a connection after so many questions and make a new one; 1: connect for each.",
            "一个连接查询若干次后关闭并新建；1 表示每次查询都新建连接。",
            name: "n"
        )
    )
    var perConnection: Int?

    @Option(
        help: Speech.help(
            "Addresses of this machine to bind sockets to in turn, as 192.0.2.1,192.0.2.2.",
            "套接字轮流绑定的本机地址，例如 192.0.2.1,192.0.2.2。",
            name: "addresses"
        )
    )
    var sourceAddresses: String?

    @Option(
        help: Speech.help(
            "TLS: authorities (PEM) whose certificate for the target is trusted.",
            "TLS：签发目标证书的受信机构（PEM 文件）。",
            name: "file"
        ),
        completion: .file()
    )
    var tlsCa: String?

    @Option(
        help: Speech.help("TLS: the target's own certificate (PEM).", "TLS：目标自身的证书（PEM 文件）。", name: "file"),
        completion: .file()
    )
    var tlsPin: String?

    @Option(
        help: Speech.help(
            "TLS: the name in the target's certificate; its address unless given.",
            "TLS：目标证书中的名称，默认为目标地址。",
            name: "name"
        )
    )
    var tlsName: String?

    @Flag(help: Speech.help("TLS: trust whoever answers.", "TLS：信任任何应答者。"))
    var tlsInsecure = false
}
