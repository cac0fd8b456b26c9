internal import ArgumentParser
internal import Console
internal import Resolution

/// `idctl prefix list`: the prefixes of a node.
struct PrefixListCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: Speech.words("List prefixes.", "列出前缀。"),
            discussion: Speech.examples(
                "idctl prefix list --config node.toml",
                "idctl prefix list --json --data /var/lib/hanjiang"
            )
        )
    }

    @OptionGroup var node: NodeOptions

    @Flag(help: Speech.help("Print JSON Lines.", "输出 JSON Lines。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let rows = try PrefixKeeper.with(node, isReadOnly: true) { (keeper) throws(CommandFailure) in
            try keeper.rows()
        }
        if json {
            try session.write(Self.json(rows))
        } else {
            try session.print(Self.table(rows, session).lines())
        }
        return .done
    }

    private static func table(_ rows: [PrefixRow], _ session: Session) -> Table {
        var table = Table([
            Table.Column(session.words("prefix", "前缀")), Table.Column(session.words("state", "状态")),
            Table.Column(session.words("standing", "启停")), Table.Column(session.words("hosting", "托管状态")),
            Table.Column(session.words("number", "编号"), .right),
        ])
        for row in rows {
            table.add([
                TerminalText.safe(row.prefix), PrefixWording.text(row.state)[session.language],
                PrefixWording.cell(row.status.rawValue, PrefixWording.text(row.status), session.language),
                PrefixWording.cell(row.hosting.rawValue, PrefixWording.text(row.hosting), session.language),
                "\(row.number)",
            ])
        }
        return table
    }

    static func json(_ rows: [PrefixRow]) -> [UInt8] {
        var json = JSONText()
        for row in rows {
            json.object { json in write(row, to: &json) }
            json.endLine()
        }
        return json.take()
    }

    /// Writes the members of a row.
    static func write(_ row: PrefixRow, to json: inout JSONText) {
        json.key("prefix")
        json.string(row.prefix)
        json.key("state")
        json.string(PrefixWording.text(row.state).english)
        json.key("status")
        json.number(row.status.rawValue)
        json.key("hosting")
        json.number(row.hosting.rawValue)
        json.key("identifiersMax")
        json.number(row.identifierCountMax)
        json.key("writesPerSecondMax")
        json.number(row.writesPerSecondMax)
        json.key("number")
        json.number(row.number)
    }
}
