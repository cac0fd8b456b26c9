internal import ArgumentParser
internal import Authentication
internal import Console
internal import Cryptography
internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// Who is asked to administer, and as whom: a server over TCP as the owner of a key, or a node of this machine by its
/// control socket as its operator.
struct AdministrationOptions: ParsableArguments {
    @Option(help: Speech.help("The server to ask.", "要询问的服务器。", name: "host:port"))
    var server: String?

    @Option(help: Speech.help("Who asks: the value that holds the key.", "身份：保存密钥的值。", name: "index:identifier"))
    var auth: String?

    @Option(help: Speech.help("The private key of --auth.", "--auth 的私钥文件。", name: "file"))
    var keyFile: String?

    @Option(help: Speech.help("The passphrase of an encrypted key.", "加密密钥的口令文件。", name: "file"))
    var passphraseFile: String?

    @Option(help: Speech.help("The secret of --auth, in a file.", "--auth 的共享密钥所在文件。", name: "file"))
    var secretFile: String?

    @Option(
        help: Speech.help("The server's public key, in place of the one it shows.", "服务器公钥，替代其自报的公钥。", name: "file")
    )
    var siteKey: String?

    @Flag(
        inversion: .prefixedNo,
        help: Speech.help("Log in once rather than for each request.", "登录一次，而不是每个请求都认证。")
    )
    var session = true

    @Flag(help: Speech.help("Ask the node of --config or --data as its operator.", "以运维身份询问 --config 或 --data 的节点。"))
    var local = false

    @Option(help: Speech.help("A node's configuration.", "节点配置文件。", name: "file"))
    var config: String?

    @Option(help: Speech.help("A node's data directory.", "节点数据目录。", name: "dir"))
    var data: String?

    func validate() throws {
        if config != nil, data != nil {
            throw ValidationError(Speech.words("--config and --data exclude each other", "--config 与 --data 不能同时使用"))
        }
        if isLocal, server != nil || auth != nil {
            throw ValidationError(
                Speech.words(
                    "--local and --data exclude --server and --auth",
                    "--local、--data 不能与 --server、--auth 同时使用"
                )
            )
        }
        if isLocal, config == nil, data == nil {
            throw ValidationError(Speech.words("--local needs --config or --data", "--local 需要 --config 或 --data"))
        }
        guard (auth == nil) == (keyFile == nil && secretFile == nil), keyFile == nil || secretFile == nil else {
            throw ValidationError(
                Speech.words(
                    "--auth needs --key-file or --secret-file, one of them",
                    "--auth 需要 --key-file 或 --secret-file 之一"
                )
            )
        }
    }

    /// Whether the node is asked by its control socket.
    var isLocal: Bool { local || data != nil || config != nil && server == nil && auth == nil }

    /// Who is asked.
    func administrator() throws(CommandFailure) -> Administrator {
        if isLocal {
            let socket = try NodeOptions(config: config, data: data).places().controlSocket
            return Administrator(asking: OperatorClient(ControlClient(path: socket)), place: socket, carrier: .unix)
        }
        let address = try ServerChoice.address(server: server, configurationPath: config)
        var settings = DialogueSettings()
        settings.usesSession = session
        settings.certifies = auth != nil || siteKey != nil
        if let siteKey { settings.trust = .known(try trusted(siteKey)) }
        let client = AdministrationClient(server: address, key: try key(), settings: settings)
        return Administrator(asking: client, wire: client, place: "\(address)", carrier: .tcp)
    }

    private func trusted(_ path: String) throws(CommandFailure) -> PublicKey {
        guard let key = try? PublicKey.registered(try KeyOpening.registeredKey(path)) else {
            throw CommandFailure(.notAPublicKey(path))
        }
        return key
    }

    private func key() throws(CommandFailure) -> AdministratorKey? {
        guard let auth else { return nil }
        let reference = try AdministratorValue.reference(auth, flag: "--auth")
        if let secretFile { return AdministratorKey(reference, .secret(try SecretFile.readLine(secretFile))) }
        let key = try KeyOpening.privateKey(keyFile ?? "", passphraseFile: passphraseFile)
        return AdministratorKey(reference, .privateKey(key))
    }
}
