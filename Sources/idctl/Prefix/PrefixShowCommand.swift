internal import ArgumentParser
internal import Console
internal import Resolution
internal import StorageLMDB

/// `idctl prefix show`: the terms of one prefix.
struct PrefixShowCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Speech.words("Show a prefix.", "查看前缀。"),
            discussion: Speech.examples(
                "idctl prefix show 88.118.8 --config node.toml",
                "idctl prefix show 88.118.8 --json --data /var/lib/hanjiang"
            )
        )
    }

    @Argument(help: Speech.help("The prefix, such as 88.118.8.", "前缀，例如 88.118.8。"))
    var prefix: String

    @OptionGroup var node: NodeOptions

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let named = try NamedPrefix.checked(prefix)
        let (rows, counts) = try PrefixKeeper.with(node, isReadOnly: true) { (keeper) throws(CommandFailure) in
            try keeper.reading { (store) throws(StoreError) in
                (try store.prefixRows(), try store.identifierCounts())
            }
        }
        guard let row = rows.first(where: { $0.prefix == named.prefix }) else {
            throw CommandFailure(.unknownPrefixes([named.prefix]), exit: .notFound)
        }
        let count = counts[row.number] ?? 0
        if json { try session.write(Self.json(row, count)) } else { try session.print(Self.lines(row, count, session)) }
        return .done
    }

    private static func json(_ row: PrefixRow, _ count: UInt64) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            PrefixListCommand.write(row, to: &json)
            json.key("identifiers")
            json.number(count)
        }
        json.endLine()
        return json.take()
    }

    private static func lines(_ row: PrefixRow, _ count: UInt64, _ session: Session) -> [String] {
        let noLimit = session.words("no limit", "不限")
        func limit(_ number: UInt64) -> String { number == 0 ? noLimit : TextCount.grouped(number) }
        var table = Table([Table.Column(""), Table.Column("")])
        table.add([session.words("prefix", "前缀"), TerminalText.safe(row.prefix)])
        table.add([session.words("state", "状态"), PrefixWording.text(row.state)[session.language]])
        let status = PrefixWording.cell(row.status.rawValue, PrefixWording.text(row.status), session.language)
        table.add([session.words("standing", "启停"), status])
        let hosting = PrefixWording.cell(row.hosting.rawValue, PrefixWording.text(row.hosting), session.language)
        table.add([session.words("hosting", "托管状态"), hosting])
        table.add([session.words("identifiers", "标识数"), TextCount.grouped(count)])
        table.add([session.words("at most", "标识数上限"), limit(row.identifierCountMax)])
        table.add([session.words("changes each second", "每秒变更数上限"), limit(UInt64(row.writesPerSecondMax))])
        return table.lines()
    }
}
