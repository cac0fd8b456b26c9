internal import ArgumentParser
internal import Authentication
internal import Console
internal import Cryptography
internal import EventLoop
internal import NodeConfiguration
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
        if local || data != nil, server != nil || auth != nil {
            throw ValidationError(
                Speech.words(
                    "--local and --data exclude --server and --auth",
                    "--local、--data 不能与 --server、--auth 同时使用"
                )
            )
        }
        guard Settings.current.failure == nil else { return }
        let choice = self.choice
        if choice.isLocal, choice[.config] == nil, choice[.data] == nil {
            throw ValidationError(Speech.words("--local needs --config or --data", "--local 需要 --config 或 --data"))
        }
        let hasKeyFlag = keyFile != nil || secretFile != nil
        let hasKey = hasKeyFlag || choice[.keyFile] != nil || choice[.secretFile] != nil
        guard choice.isLocal ? !hasKeyFlag : (choice[.auth] == nil) == !hasKey, keyFile == nil || secretFile == nil
        else {
            throw ValidationError(
                Speech.words(
                    "--auth needs --key-file or --secret-file, one of them",
                    "--auth 需要 --key-file 或 --secret-file 之一"
                )
            )
        }
    }

    /// What counts of these flags, the environment and the profile.
    var choice: AdministrationChoice {
        let flags: Settings.Level = .flags([
            .server: server, .auth: auth, .keyFile: keyFile, .passphraseFile: passphraseFile,
            .secretFile: secretFile, .siteKey: siteKey, .config: config, .data: data,
        ])
        return Settings.current.administration(flags, isLocal: local)
    }

    /// Who is asked. A server that this run has logged in to already is not logged in to again.
    func administrator(_ session: Session) throws(CommandFailure) -> Administrator {
        _ = try Settings.current.checked()
        let choice = self.choice
        if choice.isLocal {
            let socket = try NodeOptions(config: choice[.config], data: choice[.data]).places().controlSocket
            return Administrator(asking: OperatorClient(ControlClient(path: socket)), place: socket, carrier: .unix)
        }
        let address = try ServerChoice.address(choice.given)
        let client = try session.logins.client(name(at: address, choice)) { () throws(CommandFailure) in
            AdministrationClient(server: address, key: try key(choice), settings: try dialogue(choice))
        }
        return Administrator(asking: client, place: "\(address)", carrier: .tcp)
    }

    /// The server at `address`, to which another one has referred, asked as the same. A secret that it could guess at
    /// is not proven to it, nor is it asked by the operator's right over a node: both ask as nobody.
    func administrator(referredTo address: SocketAddress, _ session: Session) throws(CommandFailure) -> Administrator {
        var choice = self.choice
        if choice.isLocal || choice[.keyFile] == nil { choice.given[.auth] = nil }
        // The key of the one is not that of the other.
        choice.given[.siteKey] = nil
        let asked = choice
        let client = try session.logins.client(name(at: address, asked)) { () throws(CommandFailure) in
            AdministrationClient(server: address, key: try key(asked), settings: try dialogue(asked))
        }
        return Administrator(asking: client, place: "\(address)", carrier: .tcp)
    }

    private func name(at address: SocketAddress, _ choice: AdministrationChoice) -> Logins.Name {
        Logins.Name(
            server: "\(address)",
            auth: choice[.auth],
            key: choice[.keyFile] ?? choice[.secretFile],
            siteKey: choice[.siteKey],
            usesSession: session
        )
    }

    private func dialogue(_ choice: AdministrationChoice) throws(CommandFailure) -> DialogueSettings {
        var settings = DialogueSettings()
        settings.usesSession = session
        settings.certifies = choice[.auth] != nil || choice[.siteKey] != nil
        if let siteKey = choice[.siteKey] { settings.trust = .known(try trusted(siteKey)) }
        return settings
    }

    private func trusted(_ path: String) throws(CommandFailure) -> PublicKey {
        guard let key = try? PublicKey.registered(try KeyOpening.registeredKey(path)) else {
            throw CommandFailure(.notAPublicKey(path))
        }
        return key
    }

    private func key(_ choice: AdministrationChoice) throws(CommandFailure) -> AdministratorKey? {
        guard let auth = choice.given[.auth] else { return nil }
        let reference = try AdministratorValue.reference(auth.text, flag: auth.name(of: .auth))
        if let secretFile = choice[.secretFile] {
            return AdministratorKey(reference, .secret(try SecretFile.readLine(secretFile)))
        }
        let key = try KeyOpening.privateKey(choice[.keyFile] ?? "", passphraseFile: choice[.passphraseFile])
        return AdministratorKey(reference, .privateKey(key))
    }
}
