internal import ArgumentParser
internal import Console
internal import EventLoop
internal import ResolutionClient

/// `idload hostile`: clients that misbehave, and a well-behaved one beside them.
struct HostileCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "hostile",
            abstract: Speech.words(
                "Misbehaves as hostile clients do, and shows whether others are still answered.",
                "像恶意客户端那样行事，并查看其他客户端是否仍得到应答。"
            ),
            discussion: Speech.examples(
                "idload hostile 127.0.0.1:2641 --mode never-read --id 88.118/example",
                "idload hostile 127.0.0.1:2641 --mode malformed --protocol udp --rate 2000 --seed 7"
            ) + "\n\n"
                + Speech.words(
                    "For loopback, and for a machine that is named twice: --allow ADDRESS --i-own-this-target.",
                    "用于本机；其他机器须再次指明：--allow 地址 --i-own-this-target。"
                )
        )
    }

    @OptionGroup var options: HostileOptions

    func run() throws {
        StandardOutput.ignoreClosedPipes()
        Interruption.takeOn()
        let code: Console.ExitCode
        do throws(LoadError) {
            code = try misbehave(Speech.language)
        } catch {
            code = error.tell(Speech.language)
        }
        throw ArgumentParser.ExitCode(code.rawValue)
    }

    private func misbehave(_ language: Language) throws(LoadError) -> Console.ExitCode {
        let plan = try options.plan()
        let facts = RunFacts(
            commandLine: CommandLine.arguments,
            version: Version.line,
            host: .ofThisMachine(),
            seed: plan.seed
        )
        let client = plan.probe.map { WellBehavedClient(plan.probeAddress, identifier: $0) }
        try check(client)
        HostileRun.raiseDescriptorLimit()
        let tally = try besides(client) { () throws(LoadError) in try Self.run(plan) }
        let report = HostileReport(
            plan: plan,
            tally: tally,
            probe: client?.result,
            facts: facts,
            wasInterrupted: Interruption.isRequested
        )
        try write(report, language)
        if plan.target.carrier != .udp, tally.opened == 0, !report.wasInterrupted {
            throw LoadError(.unreachable(plan.target, why: nil), exitCode: .outcomeUnknown)
        }
        return report.exitCode
    }

    private func check(_ client: WellBehavedClient?) throws(LoadError) {
        if let reason = client?.askOnce() { throw LoadError(.noProbe(reason), exitCode: .outcomeUnknown) }
    }

    /// Does `work` while the client asks on a thread of its own.
    private func besides(
        _ client: WellBehavedClient?,
        _ work: () throws(LoadError) -> HostileTally
    ) throws(LoadError) -> HostileTally {
        guard let client else { return try work() }
        let thread: NamedThread
        do throws(EventLoopError) {
            thread = try NamedThread(name: "well-behaved") { client.run() }
        } catch {
            throw LoadError(.noThread(error))
        }
        defer {
            client.stop()
            thread.join()
        }
        return try work()
    }

    private static func run(_ plan: HostilePlan) throws(LoadError) -> HostileTally {
        guard plan.target.carrier == .udp else { return HostileRun(plan).run() }
        do throws(AskFailure) {
            return try HostileDatagrams(plan).run()
        } catch {
            throw LoadError(.unreachable(plan.target, why: error), exitCode: .outcomeUnknown)
        }
    }

    private func write(_ report: HostileReport, _ language: Language) throws(LoadError) {
        var output = StandardOutput(.output)
        do throws(OutputError) {
            if options.json {
                try output.write(report.json)
            } else {
                for line in report.lines(language) { try output.writeLine(line) }
            }
            try output.flush()
        } catch {
            guard case .failed(let code) = error else { return }
            throw LoadError(.cannotWriteOutput(errorNumber: code))
        }
    }
}
