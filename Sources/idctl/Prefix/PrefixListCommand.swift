internal import ArgumentParser
internal import Console
internal import Resolution
internal import StorageLMDB

/// `idctl prefix list`: the prefixes of a node.
struct PrefixListCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Speech.words("List prefixes.", "列出前缀。"))
    }

    @Option(help: Speech.help("The node's data directory.", "节点数据目录。", name: "dir"))
    var data: String

    @Flag(help: Speech.help("Print JSON Lines.", "输出 JSON Lines。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let store = try StoreOpening.open(data, isReadOnly: true)
        defer { store.close() }
        let rows: [PrefixRow]
        do throws(StoreError) { rows = try store.prefixRows() } catch { throw CommandFailure(.store(error)) }
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
            Table.Column(session.words("number", "编号"), .right),
        ])
        for row in rows {
            table.add([TerminalText.safe(row.prefix), text(of: row.state, session), "\(row.number)"])
        }
        return table
    }

    private static func text(of state: PrefixRow.State, _ session: Session) -> String {
        switch state {
        case .homed: session.words("homed", "托管")
        case .delegated: session.words("delegated", "委派")
        case .withdrawn: session.words("withdrawn", "已注销")
        }
    }

    private static func name(of state: PrefixRow.State) -> String {
        switch state {
        case .homed: "homed"
        case .delegated: "delegated"
        case .withdrawn: "withdrawn"
        }
    }

    static func json(_ rows: [PrefixRow]) -> [UInt8] {
        var json = JSONText()
        for row in rows {
            json.object { json in
                json.key("prefix")
                json.string(row.prefix)
                json.key("state")
                json.string(name(of: row.state))
                json.key("number")
                json.number(row.number)
            }
            json.endLine()
        }
        return json.take()
    }
}
