internal import ArgumentParser
internal import Console
internal import Resolution
internal import ResolutionProtocol

/// `idctl trace`: follows the references of an identifier from one to the next.
struct TraceCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "trace",
            abstract: Speech.words("Follow an identifier's references.", "沿引用追溯标识。"),
            discussion: Speech.examples(
                "idctl trace 88.608.24061301/BOTTLE-0001 --server 127.0.0.1:2641",
                "idctl trace 88.608.24061301/BOTTLE-0001 --depth 2 --type supplier --json"
            )
        )
    }

    @Argument(help: Speech.help("The identifier to begin with.", "起始标识。"))
    var identifier: String

    @Option(
        help: Speech.help("References followed one after the other; 8 unless given.", "追溯的引用层数，默认 8。", name: "n")
    )
    var depth = 8

    @Option(
        help: Speech.help(
            "The data of values of this type is an identifier to follow; may be repeated.",
            "此类型的值的数据是要追溯的标识，可重复。"
        )
    )
    var type: [String] = []

    @Option(
        help: Speech.help("The most identifiers asked for; 1000 unless given.", "最多查询的标识个数，默认 1000。", name: "n")
    )
    var identifiers = 1_000

    @Option(
        help: Speech.help("The most bytes of values; 4194304 unless given.", "值的最大字节数，默认 4194304。", name: "n")
    )
    var bytes = 4 << 20

    @Flag(
        help: Speech.help(
            "Follow references backwards, to those who refer, among the records of one node.",
            "反向追溯：在一个节点的记录中查找引用者。"
        )
    )
    var reverse = false

    @Flag(help: Speech.help("Show the values, too.", "同时显示值。"))
    var values = false

    @Flag(
        help: Speech.help(
            "Ask for each level oneself, rather than have the server follow the references.",
            "由本程序逐层查询，而不是由服务器代为追溯。"
        )
    )
    var ownWay = false

    @Flag(help: Speech.help("Print JSON Lines.", "输出 JSON Lines。"))
    var json = false

    @OptionGroup var options: AdministrationOptions
    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        try Self.check(depth, 0...254, "--depth")
        try Self.check(identifiers, 1...100_000, "--identifiers")
        try Self.check(bytes, 1...(1 << 30), "--bytes")
        guard !reverse || !ownWay else {
            throw ValidationError(
                Speech.words("--reverse and --own-way exclude each other", "--reverse 与 --own-way 不能同时使用")
            )
        }
        guard type.count <= TraceRequest.typeCountMax else {
            throw ValidationError(Speech.words("at most 64 times --type", "--type 最多 64 个"))
        }
    }

    private static func check(_ number: Int, _ range: ClosedRange<Int>, _ flag: String) throws {
        guard !range.contains(number) else { return }
        throw ValidationError(
            Speech.words(
                "\(flag) takes a number of \(range.lowerBound) to \(range.upperBound)",
                "\(flag) 应为 \(range.lowerBound) 到 \(range.upperBound) 的数"
            )
        )
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let name = try IdentifierWording.checked(identifier)
        var trace = Trace(
            name,
            limits: TraceLimits(depthMax: depth, identifierCountMax: identifiers, byteCountMax: bytes),
            rule: ReferenceRule(types: type.map { Array($0.utf8) })
        )
        var tally = TraceTally()
        let administrator = try options.administrator(session)
        var untoldCount = 0
        if !ownWay {
            var call = TraceCall(request(name), administrator, hasRights: options.choice.hasRights)
            let isAnswered = try call.run { (items) throws(CommandFailure) in
                tally.add(items)
                try show(items, session)
            }
            untoldCount = call.untoldCount
            guard isAnswered || !reverse else {
                throw CommandFailure(.referrersNotKept(administrator.place), exit: .failed)
            }
            if isAnswered { trace = call.rest(limits: trace.limits, rule: trace.rule) }
        }
        try TraceWalk(options, administrator, session).run(&trace) { (items) throws(CommandFailure) in
            tally.add(items)
            try show(items, session)
        }
        return conclude(tally, untoldCount: untoldCount + trace.untoldCount, session)
    }

    /// What a server that follows references itself is asked.
    private func request(_ name: [UInt8]) -> TraceRequest {
        var request = TraceRequest(
            identifier: name,
            direction: reverse ? .reverse : .forward,
            depth: UInt8(clamping: depth),
            types: type.map { Array($0.utf8) },
            flags: values || json ? [] : .withoutValues
        )
        request.identifierCountMax = UInt32(clamping: identifiers)
        request.byteCountMax = UInt32(clamping: bytes)
        return request
    }

    /// Prints a level at once: whoever waits sees it before the next one is asked for.
    private func show(_ items: [TraceItem], _ session: Session) throws(CommandFailure) {
        let report = TraceReport(items: items)
        if json {
            try session.write(report.json())
        } else {
            try session.print(report.lines(session, showsValues: values))
        }
        try session.finish()
    }

    private func conclude(_ tally: TraceTally, untoldCount: Int, _ session: Session) -> ProgramExit {
        if untoldCount + tally.boundedCount > 0 {
            session.tell(.traceBounded(untoldCount: untoldCount, boundedCount: tally.boundedCount))
        }
        session.note(tally.line(session) + "\n")
        return tally.exit
    }
}
