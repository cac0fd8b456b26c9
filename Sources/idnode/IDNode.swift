internal import ArgumentParser
internal import Console

/// The program `idnode`: the resolution node.
struct IDNode: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "idnode",
            abstract: Speech.words("Hanjiang resolution node.", "汉江标识解析节点。"),
            discussion: Speech.examples(
                "idnode init --prefix 88.118 --data /var/lib/hanjiang --config /etc/hanjiang/node.toml",
                "idnode run --config /etc/hanjiang/node.toml"
            ),
            version: Version.text,
            subcommands: [InitCommand.self, CheckConfigCommand.self, RunCommand.self]
        )
    }
}

/// `--lang`, so that help names it; it is taken from the command line before that is parsed.
struct LanguageOption: ParsableArguments {
    @Option(name: .customLong("lang"), help: Speech.help("Language: zh or en.", "语言：zh 或 en。", name: "zh|en"))
    var lang: String?

    func chosen() -> Language { Speech.language }
}

/// Ends the program with a message for a person.
struct Failure: Error {
    let messages: [UserMessage]
    let code: Console.ExitCode

    init(_ message: UserMessage, code: Console.ExitCode = .failed) {
        messages = [message]
        self.code = code
    }

    init(_ messages: [UserMessage], code: Console.ExitCode = .failed) {
        self.messages = messages
        self.code = code
    }
}

/// Runs `body` and turns its failure into messages and an exit code.
func reporting(_ language: Language, _ body: () throws(Failure) -> Void) throws {
    do throws(Failure) {
        try body()
    } catch {
        var output = StandardOutput(.error)
        for message in error.messages {
            try? output.writeLine(message.rendered(program: "idnode", language: language))
        }
        try? output.flush()
        throw ArgumentParser.ExitCode(error.code.rawValue)
    }
}
