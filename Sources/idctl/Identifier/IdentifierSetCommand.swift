internal import ArgumentParser
internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl id set`: values of an identifier that exists, each added or put in the place of the one with its index.
struct IdentifierSetCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "set",
            abstract: Speech.words("Add or change values.", "添加或修改值。"),
            discussion: Speech.examples(
                "idctl id set 88.118.8/JXDY2106023 --value '2 DESC pump' --config node.toml",
                "idctl id set 88.118.8/JXDY2106023 --from part.json --config node.toml"
            )
        )
    }

    @Argument(help: Speech.help("The identifier.", "标识。"))
    var identifier: String

    @OptionGroup var values: ValueOptions

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var options: AdministrationOptions
    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let name = try IdentifierWording.checked(identifier)
        let wanted = try values.values(for: name)
        try options.administrator(session).perform(name) { (asking) throws(AdministrationError) in
            try asking.add(wanted, to: name, overwrites: true)
        }
        try IdentifierOutcome(identifier: name, english: "changed", chinese: "已变更").show(session, json: json)
        return .done
    }
}
