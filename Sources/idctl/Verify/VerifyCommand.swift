internal import ArgumentParser
internal import Console
internal import EventLoop
internal import RecordFiles

/// `idctl verify`: resolves every row of a file and prints what differs.
struct VerifyCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify",
            abstract: Speech.words("Resolve every row of a file, print what differs.", "逐条解析文件中的标识，列出不一致者。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl verify parts.csv --server 127.0.0.1:2641
                  idctl verify parts.jsonl --server 127.0.0.1:2641 --both

                Exit codes: 0 all are the same; 3 some are not there; 5 some differ; 7 no answer; 6 rows could not be
                read.
                """,
                """
                示例：
                  idctl verify parts.csv --server 127.0.0.1:2641
                  idctl verify parts.jsonl --server 127.0.0.1:2641 --both

                退出码：0 全部一致；3 有缺失；5 有不同；7 无应答；6 有行无法读取。
                """
            )
        )
    }

    @Argument(help: Speech.help("The file; - for standard input.", "文件；- 表示标准输入。"), completion: .file())
    var file: String

    @Option(help: Speech.help("The server to ask.", "要询问的服务器。", name: "host:port"))
    var server: String?

    @Option(
        help: Speech.help("A node's configuration: ask its first listener.", "节点配置：询问其第一个监听地址。", name: "file"),
        completion: .file()
    )
    var config: String?

    @OptionGroup var input: InputOptions

    @Flag(help: Speech.help("Over TCP (the default).", "使用 TCP（默认）。"))
    var tcp = false

    @Flag(help: Speech.help("Over UDP.", "使用 UDP。"))
    var udp = false

    @Flag(help: Speech.help("Over UDP, then over TCP.", "先 UDP，再 TCP。"))
    var both = false

    @Flag(help: Speech.help("Print what differs as JSON Lines.", "以 JSON Lines 输出不一致者。"))
    var json = false

    @Option(
        help: Speech.help(
            "The data template whose items name columns: its identifier or a file of JSON.",
            "其项作为列名的数据模板：标识或 JSON 文件。",
            name: "template"
        )
    )
    var dataTemplate: String?

    @OptionGroup var speech: SpeechOptions

    func validate() throws { try input.validate(for: file) }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        Interruption.takeOn()
        let address = try ServerChoice.address(server: server, configurationPath: config)
        var form = try self.input.form()
        if let dataTemplate {
            let chosen = try TemplateChoice.chosen(dataTemplate, at: address)
            form.mapping = chosen.mapping(form.mapping)
        }
        let chosenForm = form
        let input: ImportInput
        do throws(RecordFileError) {
            input = try ImportInput(path: file, form: chosenForm, directory: TemporaryDirectory.path)
        } catch {
            throw CommandFailure(.recordFile(error, path: file))
        }
        var exits: [ProgramExit] = []
        if udp || both { exits.append(try verify(input, address, isDatagram: true, session)) }
        if tcp || both || !udp { exits.append(try verify(input, address, isDatagram: false, session)) }
        return exits.first { $0 != .done } ?? .done
    }

    private func verify(
        _ input: ImportInput,
        _ address: SocketAddress,
        isDatagram: Bool,
        _ session: Session
    ) throws(CommandFailure) -> ProgramExit {
        let name = isDatagram ? "UDP" : "TCP"
        let link: any LookupLink
        do throws(LookupFailure) {
            link = isDatagram ? try DatagramLookup(address) : try StreamLookup(address)
        } catch {
            throw VerifyRun.failure(error, server: address, answered: 0)
        }
        let run = VerifyRun(input, link: link, server: address, label: name, session: session)
        try run.run { (row, identifier, outcome) throws(CommandFailure) in
            let line = DifferenceLine(row: row, name: identifier, outcome: outcome, transport: name)
            if json { try session.write(line.json()) } else { try session.print([line.text(session.language)]) }
        }
        let tally = run.tally
        if tally.unreadableCount > 0 { session.tell(.unreadableRows(tally.unreadableCount, path: file)) }
        session.note(tally.summary(transport: name, elapsed: run.elapsed, language: session.language) + "\n")
        return tally.exit
    }
}
