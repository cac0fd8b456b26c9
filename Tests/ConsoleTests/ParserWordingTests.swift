import Testing

@testable import Console

struct ParserWordingTests {
    @Test(arguments: [
        ("Unknown option '--srever'. Did you mean '--server'?", "未知选项“--srever”，是否想输入“--server”？"),
        ("Unknown option '--xyz'", "未知选项“--xyz”"),
        ("Missing value for '--server <host:port>'", "“--server <host:port>”缺少取值"),
        ("Missing expected argument '<identifier>'", "缺少参数“<identifier>”"), ("Unexpected argument 'y'", "多余的参数“y”"),
        ("2 unexpected arguments: 'y', 'z'", "有 2 个多余的参数：“y', 'z”"),
        ("The value 'x' is invalid for '--index <index>'", "“x”不能用于“--index <index>”"),
        (
            "The value 'x' is invalid for '--format <format>'. Please provide one of 'csv', 'jsonl', 'batch' or 'xlsx'.",
            "“x”不能用于“--format <format>”，请给出以下之一：'csv', 'jsonl', 'batch' or 'xlsx'"
        ),
    ])
    func `C8 the parser's sentences are told in Chinese`(english: String, chinese: String) {
        #expect(ParserWording.reason(english) == LocalizedText(english: english, chinese: chinese))
    }

    @Test func `values that are told in a list are told in one line`() {
        let text =
            "The value 'x' is invalid for '--mode <mode>'. Please provide one of the following:\n  - idle\n  - slow"
        #expect(
            ParserWording.reason(text)
                == LocalizedText(
                    english: "The value 'x' is invalid for '--mode <mode>'. Please provide one of idle, slow.",
                    chinese: "“x”不能用于“--mode <mode>”，请给出以下之一：idle, slow"
                )
        )
    }

    @Test func `a sentence that is not known stays as it is`() {
        let text = "Something new happened."
        #expect(ParserWording.reason(text) == LocalizedText(english: text, chinese: text))
    }

    @Test func `headings of help are in the language, and English help is left alone`() {
        let help = "OVERVIEW: 解析标识。\n\nUSAGE: idctl <subcommand>\n  --version               Show the version."
        #expect(
            ParserWording.help(help, language: .chinese)
                == "概述：解析标识。\n\n用法：idctl <subcommand>\n  --version               显示版本。"
        )
        #expect(ParserWording.help(help, language: .english) == help)
        let option = "  --closed <n>  同时进行的查询数。 (values: a, b; default: a)\n  --n  数 (default: 1)\n     default: b)"
        #expect(
            ParserWording.help(option, language: .chinese)
                == "  --closed <n>  同时进行的查询数。 (可取：a, b；默认：a)\n  --n  数 (默认：1)\n     默认：b)"
        )
    }

    @Test func `C2 help ends with the exit codes, and nothing else does`() {
        let lines = HelpText.lines("OVERVIEW: x\n", language: .english)
        #expect(lines.count == 3 + ExitCode.allCases.count)
        #expect(lines.last == "  130  interrupted")
        #expect(HelpText.lines("idctl 0.1.0", language: .chinese) == ["idctl 0.1.0"])
    }

    @Test func `an example too wide for a terminal goes on in the next line`() {
        let command = "idnode init --prefix 88.118 --data /var/lib/hanjiang --config /etc/hanjiang/node.toml"
        let lines = HelpText.examples([command, "idnode run"], language: .english).split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.utf8.count <= 78 })
        #expect(lines[1].hasSuffix(" \\"))
        #expect(lines[2] == "      --config /etc/hanjiang/node.toml")
    }
}
