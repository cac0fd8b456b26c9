/// The manual page of one command.
struct ManualPage {
    let command: CommandTree.Command
    let wording: PageWording
    /// The day of the sources, `yyyy-MM-dd`.
    let date: String
    /// What the program says of its version, line by line.
    let version: [String]

    /// `idctl-id-get`.
    var name: String { command.words.joined(separator: "-") }

    /// The page.
    func text() -> String {
        var roff = Roff()
        let product = Roff.typed(version.first ?? "")
        roff.request(".TH \(Roff.typed(name.uppercased())) 1 \"\(date)\" \"\(product)\" \"Hanjiang\"")
        roff.section(wording.words("NAME", "名称"))
        roff.request("\(Roff.typed(name)) \\- \(Roff.escaped(Self.withoutFullStop(command.abstract ?? "")))")
        let discussion = Discussion(command.discussion ?? "")
        roff.section(wording.words("EXAMPLES", "示例"))
        roff.literal(discussion.examples)
        writeSynopsis(&roff)
        writeDescription(discussion, &roff)
        writeArguments(&roff)
        writeCommands(&roff)
        writeExitCodes(&roff)
        writeSurroundings(&roff)
        return roff.lines.joined(separator: "\n") + "\n"
    }

    private var arguments: [CommandTree.Argument] { (command.arguments ?? []).filter(\.shouldDisplay) }

    private static func withoutFullStop(_ text: String) -> String {
        text.hasSuffix(".") || text.hasSuffix("。") ? String(text.dropLast()) : text
    }

    private func writeSynopsis(_ roff: inout Roff) {
        roff.section(wording.words("SYNOPSIS", "概要"))
        var parts = [Roff.bold(command.words.joined(separator: " "))]
        if !command.shownSubcommands.isEmpty { parts.append(Roff.italic(wording.words("command", "子命令"))) }
        for argument in arguments {
            let isOptional = argument.isOptional || argument.kind == .flag || argument.defaultValue != nil
            let more = argument.isRepeating ? " …" : ""
            let text = Self.head(argument, isShort: true) + more
            parts.append(isOptional ? "[\(text)]" : text)
        }
        roff.request(parts.joined(separator: "\n"))
    }

    /// Names and value of an argument, all names or the last alone.
    private static func head(_ argument: CommandTree.Argument, isShort: Bool) -> String {
        let value = Roff.italic(argument.valueName ?? "")
        let names = (argument.names ?? []).map { Roff.bold($0.text) }
        switch argument.kind {
        case .positional: return value
        case .flag: return isShort ? names.joined(separator: "|") : names.joined(separator: ", ")
        case .option: return (isShort ? names.last ?? "" : names.joined(separator: ", ")) + " " + value
        }
    }

    private func writeDescription(_ discussion: Discussion, _ roff: inout Roff) {
        roff.section(wording.words("DESCRIPTION", "说明"))
        roff.text(command.abstract ?? "")
        for paragraph in discussion.paragraphs {
            if paragraph.allSatisfy({ $0.hasPrefix("  ") }) {
                roff.literal(paragraph.map { String($0.dropFirst(2)) })
            } else {
                roff.paragraph(paragraph.joined(separator: wording.words(" ", "")))
            }
        }
    }

    private func writeArguments(_ roff: inout Roff) {
        let groups = [
            (wording.words("ARGUMENTS", "参数"), arguments.filter { $0.kind == .positional }),
            (wording.words("OPTIONS", "选项"), arguments.filter { $0.kind != .positional }),
        ]
        for (title, group) in groups where !group.isEmpty {
            roff.section(title)
            for argument in group { roff.entry(Self.head(argument, isShort: false), description(of: argument)) }
        }
    }

    private func description(of argument: CommandTree.Argument) -> String {
        var text = ParserWording.help(argument.abstract ?? "", language: wording.language)
        let values = (argument.allValues ?? []).joined(separator: wording.words(", ", "、"))
        if !values.isEmpty { text += wording.words(" One of: ", " 可取：") + values + wording.words(".", "。") }
        if let value = argument.defaultValue, !value.isEmpty, argument.kind != .flag {
            text += wording.words(" Default: ", " 默认：") + value + wording.words(".", "。")
        }
        return text
    }

    private func writeCommands(_ roff: inout Roff) {
        guard !command.shownSubcommands.isEmpty else { return }
        roff.section(wording.words("COMMANDS", "子命令"))
        for child in command.shownSubcommands {
            roff.entry(Roff.bold(child.words.joined(separator: "-")) + "(1)", child.abstract ?? "")
        }
    }

    private func writeExitCodes(_ roff: inout Roff) {
        roff.section(wording.words("EXIT STATUS", "退出状态"))
        for code in ExitCode.allCases { roff.entry(Roff.bold("\(code.rawValue)"), code.meaning[wording.language]) }
    }

    private func writeSurroundings(_ roff: inout Roff) {
        roff.section(wording.words("ENVIRONMENT", "环境变量"))
        for (name, text) in wording.environment(of: command.words[0]) { roff.entry(Roff.bold(name), text) }
        let files = wording.files(of: command.words)
        if !files.isEmpty {
            roff.section(wording.words("FILES", "文件"))
            for (name, text) in files { roff.entry(Roff.italic(name), text) }
        }
        roff.section(wording.words("VERSION", "版本"))
        roff.literal(version)
        roff.section(wording.words("SEE ALSO", "参见"))
        let others = ["idnode", "idctl", "idload"].filter { [$0] != command.words }
        roff.request(others.map { Roff.bold($0) + "(1)" }.joined(separator: ",\n"))
    }
}
