internal import ArgumentParser
internal import Console
internal import Glibc
internal import Resolution

/// `idctl guardian events`: what the route guardian has recorded, read in the data directory, of a running node too.
struct GuardianEventsCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "events",
            abstract: Speech.words("Show when addresses did not answer.", "查看地址异常与恢复的记录。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl guardian events --config node.toml
                  idctl guardian events --data /var/lib/hanjiang --open --json

                Each "abnormal" is ended by one other event, which names it. Reads the data directory, whether the node
                runs or not.
                """,
                """
                示例：
                  idctl guardian events --config node.toml
                  idctl guardian events --data /var/lib/hanjiang --open --json

                每条“异常”都由另一条事件结束，并注明其编号。读取数据目录，节点是否运行均可。
                """
            )
        )
    }

    private static let byteCountMax = 256 << 20

    @OptionGroup var node: NodeOptions

    @Flag(help: Speech.help("Only what nothing has ended.", "仅列出尚未结束的异常。"))
    var open = false

    @Option(help: Speech.help("How many of the last events; 50 if left out.", "最近多少条，默认 50。", name: "count"))
    var last: Int = 50

    @Flag(help: Speech.help("Print JSON Lines.", "输出 JSON Lines。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard last < 1 else { return }
        throw ValidationError(Speech.words("--last is 1 or more", "--last 至少为 1"))
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let data = try node.places().data
        let events = try Self.events(at: data + (data.hasSuffix("/") ? "" : "/") + EventJournal.fileName)
        let shown = Array((open ? GuardianEvent.open(of: events) : events).suffix(last))
        if json {
            try session.write(Self.json(shown))
        } else if shown.isEmpty {
            try session.print([session.words("no events", "没有事件")])
        } else {
            try session.print(Self.table(shown, session))
        }
        return .done
    }

    /// None where there is no file yet.
    private static func events(at path: String) throws(CommandFailure) -> [GuardianEvent] {
        let bytes: [UInt8]
        do throws(WholeFile.Failure) {
            bytes = try WholeFile.bytes(at: path, byteCountMax: byteCountMax)
        } catch {
            guard error.errorNumber != ENOENT else { return [] }
            throw CommandFailure(.cannotRead(file: path, errorNumber: error.errorNumber))
        }
        guard let events = EventJournal.events(of: bytes)?.events else {
            throw CommandFailure(.noEventFile(path))
        }
        return events
    }

    private static func table(_ events: [GuardianEvent], _ session: Session) -> [String] {
        var table = Table([
            Table.Column(session.words("number", "编号"), .right), Table.Column(session.words("time (UTC)", "时间（UTC）")),
            Table.Column(session.words("event", "事件")), Table.Column(session.words("ends", "结束"), .right),
            Table.Column(session.words("address", "地址")), Table.Column(session.words("cause", "原因")),
            Table.Column(session.words("prefix", "前缀")),
        ])
        for event in events {
            table.add([
                "\(event.number)", MomentText.utc(UInt64(clamping: event.unixSeconds)),
                GuardianWording.kind(event.kind)[session.language], event.closes > 0 ? "\(event.closes)" : "",
                event.address.text, event.cause.map { GuardianWording.cause($0.name)[session.language] } ?? "",
                String(decoding: event.prefix, as: UTF8.self),
            ])
        }
        return table.lines()
    }

    private static func json(_ events: [GuardianEvent]) -> [UInt8] {
        var json = JSONText()
        for event in events {
            json.object { json in
                json.key("number")
                json.number(event.number)
                json.key("kind")
                json.string(event.kind.name)
                if event.closes > 0 {
                    json.key("closes")
                    json.number(event.closes)
                }
                json.key("time")
                json.string(MomentText.utc(UInt64(clamping: event.unixSeconds)))
                json.key("since")
                json.string(MomentText.utc(UInt64(clamping: event.sinceUnixSeconds)))
                json.key("address")
                json.string(event.address.text)
                if let cause = event.cause {
                    json.key("cause")
                    json.string(cause.name)
                }
                json.key("prefix")
                json.string(event.prefix)
            }
            json.endLine()
        }
        return json.take()
    }
}
