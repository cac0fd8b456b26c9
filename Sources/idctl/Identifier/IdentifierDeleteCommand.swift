internal import ArgumentParser
internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl id delete`: an identifier, or some of its values.
struct IdentifierDeleteCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete",
            abstract: Speech.words("Delete an identifier, or some of its values.", "删除标识或其部分值。"),
            discussion: Speech.examples(
                "idctl id delete 88.118.8/JXDY2106023 --config node.toml",
                "idctl id delete 88.118.8/JXDY2106023 --index 2 --yes --config node.toml"
            )
        )
    }

    @Argument(help: Speech.help("The identifier.", "标识。"))
    var identifier: String

    @Option(help: Speech.help("Only the value with this index; may be repeated.", "只删除此索引的值，可重复。"))
    var index: [UInt32] = []

    @Flag(help: Speech.help("Do not ask.", "不询问。"))
    var yes = false

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var options: AdministrationOptions
    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let name = try IdentifierWording.checked(identifier)
        let administrator = try options.administrator(session)
        try Question.ask(question(name, session), before: .one, Question.Answered(isYes: yes), session)
        try administrator.perform(name) { (asking) throws(AdministrationError) in
            if index.isEmpty { try asking.delete(name) } else { try asking.remove(index, from: name) }
        }
        try IdentifierOutcome(identifier: name, english: "deleted", chinese: "已删除").show(session, json: json)
        return .done
    }

    private func question(_ name: [UInt8], _ session: Session) -> String {
        let shown = TerminalText.safe(name)
        guard !index.isEmpty else {
            return session.words("Deleting \(shown) and all its values.", "将删除 \(shown) 及其全部值。")
        }
        let indexes = index.map { "\($0)" }.joined(separator: ", ")
        return session.words("Deleting values \(indexes) of \(shown).", "将删除 \(shown) 的值 \(indexes)。")
    }
}
