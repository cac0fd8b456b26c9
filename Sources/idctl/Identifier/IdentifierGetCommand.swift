internal import ArgumentParser
internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl id get`: an identifier's values, those that not everyone may read too.
struct IdentifierGetCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "get", abstract: Speech.words("Show an identifier's values.", "查看标识的值。"))
    }

    @Argument(help: Speech.help("The identifier.", "标识。"))
    var identifier: String

    @Option(help: Speech.help("Only values of this type; may be repeated.", "只要此类型的值，可重复。"))
    var type: [String] = []

    @Option(help: Speech.help("Only the value with this index; may be repeated.", "只要此索引的值，可重复。"))
    var index: [UInt32] = []

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var options: AdministrationOptions
    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let name = try IdentifierWording.checked(identifier)
        let administrator = try options.administrator()
        let types = type.map { Array($0.utf8) }
        let start = ContinuousClock.now
        let answer = try administrator.perform(name) { (asking) throws(AdministrationError) in
            try asking.resolve(name, indexes: index, types: types)
        }
        let report = AnswerReport(
            identifier: name,
            server: administrator.place,
            carrier: administrator.carrier,
            answer: answer,
            elapsed: ContinuousClock.now - start,
            sendings: 1
        )
        if json {
            try session.write(report.json(isExplained: false))
        } else {
            try session.print(report.lines(language: session.language))
        }
        return ResponseMeaning.exit(for: report.code)
    }
}
