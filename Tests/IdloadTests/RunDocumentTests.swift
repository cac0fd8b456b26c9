import Console
import EventLoop
import Foundation
import Testing

@testable import idload

struct RunDocumentTests {
    private static let facts = RunFacts(
        commandLine: ["idload", "127.0.0.1:2641"],
        version: "idload 1.2.3",
        host: HostFacts(system: "S", machine: "M", processor: "P", processorCount: 3, memoryByteCount: 5 << 20),
        seed: 42
    )
    private static let open = LoadPlan.Loop.open(Schedule(.constant(1_000), seconds: 2), catchesUp: false)

    /// Of a tool that sent 10,000 questions 50 µs late.
    private static let closed =
        LoadPlan.Loop.closed(outstanding: 64, ratePerSecondMax: nil, seconds: 2, warmupSeconds: 0)

    private static var timely: GeneratorFigures {
        var figures = GeneratorFigures()
        for _ in 0..<10_000 { figures.timerError.note(nanoseconds: 50_000) }
        return figures
    }

    private func report(
        right: UInt64,
        wrong: UInt64 = 0,
        lost: UInt64 = 0,
        conditions: [String] = [],
        withoutPort: UInt64 = 0,
        loop: LoadPlan.Loop = Self.closed,
        generator: GeneratorFigures = GeneratorFigures()
    ) -> RunDocument {
        var tally = Tally()
        tally.right = right
        tally.lost = lost
        tally.withoutPort = withoutPort
        let packet: [UInt8] = [1, 2]
        for _ in 0..<wrong {
            tally.wrong += 1
            tally.faults[.identifier, default: 0] += 1
            let identifier = Array("88.118.8/\u{1B}[2J".utf8)
            tally.keep(Tally.Sample(.wrong, fault: .identifier, identifier: identifier, packet: packet.span.bytes))
        }
        for number in 1...max(1, right + wrong) where right + wrong > 0 {
            tally.note(responseNanoseconds: number * 1_000, serviceNanoseconds: number * 2_000)
        }
        tally.sent = right + wrong + lost
        var plan = LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 2641), seed: 42)
        plan.loop = loop
        let result = LoadResult(
            channels: [ChannelResult(target: plan.targets[0], tally: tally)],
            seconds: 2,
            wasInterrupted: false,
            wasRefused: false,
            generator: generator
        )
        return RunDocument(
            plan,
            result,
            identifierCount: 1,
            thresholds: [.noneWrong] + conditions.compactMap(Threshold.init),
            facts: Self.facts
        )
    }

    @Test func exitCodesTellWrongAnswersFromSilence() {
        #expect(report(right: 10).exitCode == .done)
        #expect(report(right: 10, wrong: 1).exitCode == .thresholdNotMet)
        #expect(report(right: 0, lost: 10).exitCode == .outcomeUnknown)
        #expect(report(right: 10, lost: 10).exitCode == .done)
        #expect(report(right: 10, lost: 10, conditions: ["loss<0.01%"]).exitCode == .thresholdNotMet)
        #expect(report(right: 100, conditions: ["p99<1ms", "rate>=50"]).exitCode == .done)
        #expect(report(right: 100, conditions: ["p99<98us"]).exitCode == .thresholdNotMet)
        #expect(report(right: 100, conditions: ["rate>50"]).exitCode == .thresholdNotMet)
        // Two of 102 are lost, so that the 99th percentile is among them.
        #expect(report(right: 100, lost: 2, conditions: ["p99<50s"]).exitCode == .thresholdNotMet)
    }

    @Test func bothFormsHaveTheSameFigures() throws {
        let report = report(right: 1_233, wrong: 1, lost: 100)
        let object = try JSONSerialization.jsonObject(with: Data(report.json)) as? [String: Any]
        let json = try #require(object)
        #expect(json["target"] as? String == "127.0.0.1:2641")
        #expect(json["protocol"] as? String == "udp")
        #expect(json["mode"] as? String == "closed")
        #expect(json["seconds"] as? Double == 2)
        #expect(json["sent"] as? Int == 1_334)
        #expect(json["answered"] as? Int == 1_234)
        #expect(json["wrong"] as? Int == 1)
        #expect(json["lost"] as? Int == 100)
        #expect(json["rate"] as? Double == 617)
        #expect(json["p50_us"] as? Int == 667)
        #expect(json["p99_us"] is NSNull)
        #expect(json["seed"] as? Int == 42)
        #expect(json["command_line"] as? [String] == ["idload", "127.0.0.1:2641"])
        for language in Language.allCases {
            let text = report.lines(language).joined(separator: "\n")
            #expect(text.contains("1,234"))
            #expect(text.contains("> 1 s"))
            #expect(text.contains(language == .chinese ? "闭环" : "closed loop"))
            // An identifier in the list of wrong answers does not reach the terminal as it is.
            #expect(!text.contains("\u{1B}"))
        }
    }

    @Test func L2_theLoopIsAlwaysNamed() throws {
        for (loop, names) in [(Self.open, ["open loop", "开环"]), (Self.closed, ["closed loop", "闭环"])] {
            let report = report(right: 10, loop: loop)
            #expect(report.lines(.english)[0].contains(names[0]))
            #expect(report.lines(.chinese)[0].contains(names[1]))
        }
        let json = try JSONSerialization.jsonObject(with: Data(report(right: 1, loop: Self.open).json))
        let object = try #require(json as? [String: Any])
        #expect(object["mode"] as? String == "open")
        #expect(object["outstanding"] is NSNull)
    }

    @Test func L3_bothTimesAreToldAndLostOnesStayInBoth() throws {
        let report = report(right: 1_000, lost: 1, loop: Self.open)
        let json = try JSONSerialization.jsonObject(with: Data(report.json))
        let object = try #require(json as? [String: Any])
        #expect(object["p99_us"] as? Int == 991)
        #expect(object["service_p99_us"] as? Int == 1_982)
        #expect(object["p99_99_us"] is NSNull)
        #expect(object["service_max_us"] is NSNull)
        let lines = report.lines(.english)
        #expect(lines.count { $0.contains("> 1 s") } == 2)
    }

    @Test func L4_aGeneratorThatWasTheLimitEndsWith11() {
        func code(_ change: (inout GeneratorFigures) -> Void, wrong: UInt64 = 0, fail: String = "p99<1us") -> ExitCode {
            var figures = Self.timely
            change(&figures)
            return report(right: 10_000, wrong: wrong, conditions: [fail], loop: Self.open, generator: figures).exitCode
        }
        #expect(code { $0.backlog = 1_001 } == .measurementNotValid)
        #expect(code { $0.busiestProcessorShare = 0.96 } == .measurementNotValid)
        #expect(code { $0.processorShare = 0.96 } == .measurementNotValid)
        #expect(code { $0.notSent = 200 } == .measurementNotValid)
        #expect(code({ $0.notSent = 200 }, wrong: 1) == .thresholdNotMet)
        #expect(code { $0.backlog = 1_000 } == .thresholdNotMet)
        #expect(code({ $0.notSent = 50 }, fail: "p99<1s") == .done)
        var figures = GeneratorFigures()
        figures.processorShare = 0.99
        #expect(report(right: 10, generator: figures).exitCode == .done)
        for language in Language.allCases {
            let text = report(right: 10, generator: figures).lines(language).joined()
            #expect(text.contains(language == .chinese ? "占满了一个处理器" : "took all of a processor"))
        }
    }

    @Test func L4_aMachineWithoutPortsIsTheLimitInAnyLoop() {
        for loop in [Self.open, Self.closed] {
            let report = report(right: 10_000, withoutPort: 3, loop: loop, generator: Self.timely)
            #expect(report.limits == [.ports])
            #expect(report.exitCode == .measurementNotValid)
            #expect(report.lines(.english).joined().contains("no local port was left 3 times"))
            #expect(report.lines(.chinese).joined().contains("3 次没有可用的本地端口"))
        }
    }

    @Test func L4_whatWasNotSentIsTold() {
        var figures = Self.timely
        for language in Language.allCases {
            figures.notSent = 12
            let few = report(right: 10_000, loop: Self.open, generator: figures).lines(language).joined()
            #expect(few.contains(language == .chinese ? "本工具曾停顿" : "this tool stalled"))
            figures.notSent = 1_234
            let many = report(right: 10_000, loop: Self.open, generator: figures).lines(language).joined()
            #expect(many.contains("1,234"))
            #expect(many.contains(language == .chinese ? "受本工具限制" : "GENERATOR-LIMITED"))
        }
    }

    @Test func L17_aTargetThatIsTooBusyIsToldWithWhatItMeans() throws {
        var tally = Tally()
        tally.sent = 10
        tally.right = 8
        tally.wrong = 2
        tally.faults = [.code(3): 2]
        let plan = LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 2641), seed: 42)
        let channels = [ChannelResult(target: plan.targets[0], tally: tally)]
        let result = LoadResult(channels: channels, seconds: 2, wasInterrupted: false, wasRefused: false)
        let report = RunDocument(plan, result, identifierCount: 1, thresholds: [], facts: Self.facts)
        for language in Language.allCases {
            let text = report.lines(language).joined(separator: "\n")
            #expect(text.contains(language == .chinese ? "服务器忙" : "too busy"))
            #expect(text.contains("limits.in_flight_bytes"))
        }
        let json = try JSONSerialization.jsonObject(with: Data(report.json))
        #expect((json as? [String: Any])?["busy"] as? Int == 2)
        #expect(!self.report(right: 10, wrong: 1).lines(.english).joined().contains("too busy"))
    }

    @Test func L17_whereQuestionsByUDPGetNoAnswerTheLineForTheNodesAllowListIsPrinted() throws {
        var tally = Tally()
        (tally.sent, tally.right, tally.lost) = (1_000, 990, 10)
        for carrier in [LoadPlan.Carrier.udp, .tcp] {
            var plan = LoadPlan(target: SocketAddress(ipv4: 0xC000_0201, port: 2641), carrier: carrier, seed: 42)
            plan.sources = [SocketAddress(ipv4: 0xC633_6407, port: 0), SocketAddress(ipv4: 0xC633_6408, port: 0)]
            let channels = [ChannelResult(target: plan.targets[0], tally: tally)]
            let result = LoadResult(channels: channels, seconds: 2, wasInterrupted: false, wasRefused: false)
            let report = RunDocument(plan, result, identifierCount: 1, thresholds: [], facts: Self.facts)
            for language in Language.allCases {
                let lines = report.lines(language)
                let line = "    allow = [\"127.0.0.0/8\", \"::1/128\", \"198.51.100.0/24\"]"
                #expect(lines.contains(line) == (carrier == .udp))
                #expect(lines.joined().contains("[rate_limit]") == (carrier == .udp))
            }
        }
        #expect(!report(right: 1_000, lost: 9).lines(.english).joined().contains("rate_limit"))
    }

    @Test func L9_everyOutputSaysWhatWasRun() throws {
        let text = report(right: 1).lines(.english).joined(separator: "\n")
        for fact in ["command: idload 127.0.0.1:2641", "version: idload 1.2.3", "host: S, 3 × M P, 5 MiB", "seed 42"] {
            #expect(text.contains(fact))
        }
        let json = try JSONSerialization.jsonObject(with: Data(report(right: 1).json))
        let object = try #require(json as? [String: Any])
        #expect(object["version"] as? String == "idload 1.2.3")
        #expect((object["host"] as? [String: Any])?["processors"] as? Int == 3)
    }
}
