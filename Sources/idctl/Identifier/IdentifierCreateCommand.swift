internal import ArgumentParser
internal import Console
internal import NodeConfiguration
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl id create`: a new identifier.
struct IdentifierCreateCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: Speech.words("Create an identifier.", "创建标识。"),
            discussion: Speech.examples(
                "idctl id create 88.118.8/JXDY2106023 --value '1 URL https://example.cn' --config node.toml",
                "idctl id create 88.118.8/JXDY2106023 --from part.json --config node.toml"
            )
        )
    }

    @Argument(
        help: Speech.help(
            "The identifier; with --mint what its suffix begins with, such as 88.118.8/.",
            "标识；与 --mint 同用时为后缀的开头，例如 88.118.8/。"
        )
    )
    var identifier: String

    @OptionGroup var values: ValueOptions

    @Option(
        help: Speech.help(
            "Who may change it: adds an HS_ADMIN value at index 100 (default: who creates it).",
            "谁可以变更它：在索引 100 添加 HS_ADMIN 值（默认为创建者）。",
            name: "index:identifier"
        )
    )
    var admin: String?

    @Flag(
        name: .customLong("no-admin"),
        help: Speech.help(
            "Add no HS_ADMIN value: then only who administers the node can change it.",
            "不添加 HS_ADMIN 值：此后只有节点管理员能变更它。"
        )
    )
    var hasNoAdministrator = false

    @Flag(help: Speech.help("Where it exists, these values take the place of its own.", "标识已存在时用这些值取代原有的值。"))
    var overwrite = false

    @Flag(help: Speech.help("Let the server make up the rest of the suffix.", "由服务器生成后缀的其余部分。"))
    var mint = false

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var options: AdministrationOptions
    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let name = try IdentifierWording.checked(identifier)
        var wanted = try values.values(for: name)
        if let owner = owner(of: wanted) {
            wanted.append(try AdministratorValue.make(owner.text, flag: owner.flag))
        }
        let all = wanted
        let created = try options.administrator(session).perform(name) { (asking) throws(AdministrationError) in
            try asking.create(name, all, overwrites: overwrite, mints: mint)
        }
        try IdentifierOutcome(identifier: created, english: "created", chinese: "已创建").show(session, json: json)
        return .done
    }

    /// Who is to administer what is created; nil: nobody, or whom the values name. What its own creator could not
    /// change would surprise.
    private func owner(of values: [HandleValue]) -> (text: String, flag: String)? {
        if let admin { return (admin, "--admin") }
        let isNamed = values.contains { ASCIIFolding.uppercased($0.type) == ValueType.admin }
        guard !hasNoAdministrator, !isNamed, let creator = options.choice.given[.auth] else { return nil }
        return (creator.text, creator.name(of: .auth))
    }
}
