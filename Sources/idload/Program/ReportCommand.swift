internal import ArgumentParser
internal import Console

/// `idload report`: a result that was kept, shown again.
struct ReportCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "report",
            abstract: Speech.words("Shows a result that was kept.", "显示已保存的结果。"),
            discussion: Speech.examples(
                "idload report result.json",
                "idload report result.json --report result.html --lang en"
            )
        )
    }

    @Argument(
        help: Speech.help("What idload --json wrote; - for standard input.", "由 idload --json 写出的文件；- 表示标准输入。"),
        completion: .file()
    )
    var result: String

    @OptionGroup var options: ResultOptions

    func run() throws {
        StandardOutput.ignoreClosedPipes()
        let code = LoadError.told(Speech.language) { () throws(LoadError) in
            try options.write(try ResultFile.read(result))
            return .done
        }
        throw ArgumentParser.ExitCode(code.rawValue)
    }
}
