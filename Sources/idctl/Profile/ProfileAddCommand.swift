internal import ArgumentParser
internal import Console
internal import Glibc
internal import NodeConfiguration

/// `idctl profile add`: a new profile.
struct ProfileAddCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: Speech.words("Add a profile.", "添加配置档。"),
            discussion: Speech.examples(
                "idctl profile add plant --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem",
                "idctl profile add node --config /etc/hanjiang/node.toml"
            )
        )
    }

    @Argument(help: Speech.help("Its name.", "名称。"))
    var name: String

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

    @Option(help: Speech.help("The server's public key.", "服务器公钥。", name: "file"))
    var siteKey: String?

    @Option(help: Speech.help("A node's configuration.", "节点配置文件。", name: "file"))
    var config: String?

    @Option(help: Speech.help("A node's data directory.", "节点数据目录。", name: "dir"))
    var data: String?

    @Option(help: Speech.help("The language to speak under this profile.", "使用此配置档时的语言。", name: "zh|en"))
    var language: String?

    @Option(help: Speech.help("The prefix of codes that have none.", "无前缀编码的默认前缀。", name: "prefix"))
    var defaultPrefix: String?

    @Option(help: Speech.help("The name server to ask about OIDs.", "查询 OID 的域名服务器。", name: "host:port"))
    var dnsResolver: String?

    @Option(help: Speech.help("The domain under which OIDs lie.", "OID 所在的根域名。", name: "domain"))
    var oidRoot: String?

    @OptionGroup var speech: SpeechOptions

    private var texts: [ProfileSetting: String] {
        let texts: [ProfileSetting: String?] = [
            .server: server, .auth: auth, .keyFile: keyFile, .passphraseFile: passphraseFile,
            .secretFile: secretFile, .siteKey: siteKey, .config: config, .data: data, .lang: language,
            .defaultPrefix: defaultPrefix, .dnsResolver: dnsResolver, .oidRoot: oidRoot,
        ]
        return texts.compactMapValues { $0 }
    }

    func validate() throws {
        let texts = self.texts
        for (first, second) in ProfileSetting.contradictions where texts[first] != nil && texts[second] != nil {
            let names = ("--\(first.rawValue)", "--\(second.rawValue)")
            throw ValidationError(
                Speech.words("\(names.0) and \(names.1) exclude each other", "\(names.0) 与 \(names.1) 不能同时使用")
            )
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        guard Profile.isName(name) else {
            let expected = LocalizedText(Profile.nameExpectation)
            throw CommandFailure(.unusableArgument("NAME", value: name, expected: expected), exit: .usage)
        }
        let texts = try checkedTexts()
        let place = ProfilePlace(options: session.options, environment: session.environment)
        guard let path = place.writePath else { throw CommandFailure(.noProfileFile()) }
        let hidden = place.hiddenPath
        try ProfileWriting.change(path) { file throws(CommandFailure) in
            if let known = file[name] {
                let place = MessagePlace(file: path, line: known.line)
                throw CommandFailure(.profileExists(name, at: place), exit: .conflict)
            }
            return file.adding(name, texts)
        }
        if let hidden { session.tell(.systemProfilesHidden(hidden)) }
        try session.print([session.words("added \(name) to \(path)", "已在 \(path) 中添加 \(name)")])
        return .done
    }

    /// The settings, each checked; a path that is relative is so to where the command stands, not to the file.
    private func checkedTexts() throws(CommandFailure) -> [ProfileSetting: String] {
        var checked: [ProfileSetting: String] = [:]
        for (setting, text) in texts {
            let value = setting.isPath ? Self.absolute(text) : text
            guard setting.allows(value) else {
                let flag = setting == .lang ? "--language" : "--\(setting.rawValue)"
                let expected = LocalizedText(setting.expectation)
                throw CommandFailure(.unusableArgument(flag, value: text, expected: expected), exit: .usage)
            }
            checked[setting] = value
        }
        return checked
    }

    private static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), !path.isEmpty, let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        return String(cString: here) + "/" + path
    }
}
