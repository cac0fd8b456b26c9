extension ExitCode {
    /// The end of every command's help: all codes and what they mean, the same for all commands.
    package static func helpLines(_ language: Language) -> [String] {
        var table = Table([Table.Column("", .right), Table.Column("")])
        for code in allCases { table.add(["\(code.rawValue)", code.meaning[language]]) }
        return [language == .chinese ? "退出码：" : "EXIT CODES:"] + table.lines().map { "  " + $0 }
    }
}
