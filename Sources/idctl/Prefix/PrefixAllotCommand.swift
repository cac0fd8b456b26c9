internal import ArgumentParser
internal import Console
internal import ResolutionProtocol

/// `idctl prefix allot`: a new prefix, kept here, with a record that says who administers it.
struct PrefixAllotCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "allot",
            abstract: Speech.words("Allot a prefix to its owner.", "分配前缀。"),
            discussion: Speech.examples(
                "idctl prefix allot 88.118.8 --name 'Jiangsu Tools' --admin-key owner.pem.pub --config node.toml",
                "idctl prefix allot 88.118.8 --admin 300:0.NA/88.118 --config node.toml"
            )
        )
    }

    @Argument(help: Speech.help("The prefix, such as 88.118.8.", "前缀，例如 88.118.8。"))
    var prefix: String

    @Option(help: Speech.help("What its owner is called.", "所有者名称。", name: "text"))
    var name: String?

    @Option(
        help: Speech.help("The owner's public key, registered at index 300.", "所有者的公钥，登记在索引 300。", name: "file"),
        completion: .file()
    )
    var adminKey: String?

    @Option(
        help: Speech.help("The owner's secret, registered at index 301.", "所有者的共享密钥，登记在索引 301。", name: "file"),
        completion: .file()
    )
    var adminSecretFile: String?

    @Option(
        help: Speech.help(
            "Who administers it, in place of the key given here.",
            "由谁管理，替代此处给出的密钥。",
            name: "index:identifier"
        )
    )
    var admin: String?

    @Flag(help: Speech.help("Even if it was withdrawn before.", "即使曾被注销。"))
    var revive = false

    @OptionGroup var node: NodeOptions

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard adminKey == nil || adminSecretFile == nil, adminKey != nil || adminSecretFile != nil || admin != nil
        else {
            throw ValidationError(
                Speech.words(
                    "give --admin-key, --admin-secret-file or --admin",
                    "请给出 --admin-key、--admin-secret-file 或 --admin"
                )
            )
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let checked = try NamedPrefix.checked(prefix)
        guard let named = NamedPrefix(prefix: checked.prefix, name: Array((name ?? "").utf8)) else { return .usage }
        let values = try values(for: named)
        try PrefixKeeper.with(node) { (keeper) throws(CommandFailure) in
            try PrefixChanges(keeper, origin: "idctl prefix allot").allot(named, values, revives: revive)
        }
        let shown = TerminalText.safe(named.prefix)
        try session.print([session.words("allotted \(shown)", "已分配 \(shown)")])
        return .done
    }

    private func values(for prefix: NamedPrefix) throws(CommandFailure) -> [HandleValue] {
        var values: [HandleValue] = []
        var own = ValueReference(identifier: prefix.recordName, index: 300)
        if let adminKey {
            let key = try KeyOpening.registeredKey(adminKey)
            values = [HandleValue(index: 300, type: ValueType.publicKey, data: key)]
        } else if let adminSecretFile {
            own.index = 301
            let secret = try SecretFile.readLine(adminSecretFile)
            let permissions: ValuePermissions = [.adminRead, .adminWrite]
            values = [HandleValue(index: 301, permissions: permissions, type: ValueType.secretKey, data: secret)]
        }
        if let admin { own = try AdministratorValue.reference(admin, flag: "--admin") }
        return [AdministratorValue.make(own)] + values
    }
}
