internal import ArgumentParser
internal import Console

/// The program `idnode`: the resolution node.
@main
struct IDNode: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idnode",
        abstract: "Hanjiang resolution node / 汉江标识解析节点",
        discussion: """
            idnode init --prefix 88.118 --data /var/lib/hanjiang --config /etc/hanjiang/node.toml
            idnode run --config /etc/hanjiang/node.toml

            Exit codes / 退出码: 0 done 完成; 1 failed 失败; 64 usage 用法错误
            """,
        version: Version.text,
        subcommands: [InitCommand.self, CheckConfigCommand.self, RunCommand.self]
    )
}

/// What the program is called and which it is.
enum Version {
    static let number = "0.1.0"
    static let text = "idnode \(number)"
}

/// Options of all commands.
struct LanguageOption: ParsableArguments {
    @Option(name: .customLong("lang"), help: "zh or en / 语言")
    var lang: String?

    func chosen() -> Language {
        Language.chosen(option: lang.flatMap(Language.init(tag:)), environment: .ofThisProcess())
    }

    func validate() throws {
        guard let lang, Language(tag: lang) == nil else { return }
        throw ValidationError("--lang \(lang): zh or en / 只能是 zh 或 en")
    }
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
