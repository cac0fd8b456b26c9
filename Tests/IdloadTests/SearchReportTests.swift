import Console
import EventLoop
import Foundation
import Testing

@testable import idload

struct SearchReportTests {
    private func report(
        _ earlyEnd: SearchStop? = nil,
        stop: SearchStop = .verdict(.loss, ratePerSecond: 16_000),
        wrong: UInt64 = 0
    ) -> SearchReport {
        var good = TrialOutcome(ratePerSecond: 12_000, seconds: 30, sent: 360_000, answered: 360_000)
        good.p99 = 2_340
        let bad = TrialOutcome(
            ratePerSecond: 16_000,
            seconds: 1.5,
            sent: 24_000,
            answered: 18_000,
            lost: 6_000,
            wrong: wrong
        )
        let stop = earlyEnd ?? stop
        let figures = SearchAim.allCases.map {
            SearchResult.Figure(aim: $0, outcome: good, isConfirmed: earlyEnd == nil, stop: stop)
        }
        return SearchReport(
            plan: LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 2641), seed: 42),
            limits: [Threshold("p99<5ms")].compactMap { $0 },
            result: SearchResult(figures: figures, trials: [bad, good], earlyEnd: earlyEnd),
            questionCount: 7,
            facts: RunFacts(
                commandLine: ["idload", "x"],
                version: "idload 1.2.3",
                host: HostFacts(system: "S", machine: "M", processor: "P", processorCount: 3, memoryByteCount: 5 << 20),
                seed: 42
            )
        )
    }

    @Test func L6_bothFiguresTheTrialsAndTheReasonAreTold() throws {
        let english = report().lines(.english).joined(separator: "\n")
        #expect(english.contains("highest rate without loss: 12,000/s, p99 2.34 ms; stopped at 16,000/s: loss"))
        #expect(english.contains("highest rate with ≤ 0.5 % loss: 12,000/s"))
        #expect(english.contains("open loop") && english.contains("p99<5ms") && english.contains("25 %"))
        let chinese = report().lines(.chinese).joined(separator: "\n")
        #expect(chinese.contains("无丢失的最高速率：12,000/s") && chinese.contains("开环"))
        let json = try JSONSerialization.jsonObject(with: Data(report().json))
        let object = try #require(json as? [String: Any])
        let figures = try #require(object["figures"] as? [[String: Any]])
        #expect(figures.map { $0["aim"] as? String } == ["no_loss", "little_loss"])
        #expect(figures.allSatisfy { $0["rate"] as? Double == 12_000 && $0["stopped_by"] as? String == "loss" })
        let trials = try #require(object["trials"] as? [[String: Any]])
        #expect(trials.map { $0["verdict_no_loss"] as? String } == ["loss", "good"])
        #expect(trials.map { $0["p99_us"] as? Int } == [nil, 2_340])
        #expect(object["version"] as? String == "idload 1.2.3")
    }

    @Test func L13_aSearchTellsWhatAllTrialsWrote() throws {
        var report = report()
        report.written = WriteFigures(head: Array("88.118.8/LOAD-r1-".utf8), created: 2_345, checked: 2_345)
        #expect(report.exitCode == .done)
        #expect(report.lines(.english).contains { $0.contains("2,345 records 88.118.8/LOAD-r1-…") })
        let json = try #require(try JSONSerialization.jsonObject(with: Data(report.json)) as? [String: Any])
        #expect((json["written"] as? [String: Any])?["created"] as? Int == 2_345)
        report.written?.unchecked = 1
        #expect(report.exitCode == .outcomeUnknown)
        report.written?.missing = 1
        #expect(report.exitCode == .thresholdNotMet)
    }

    @Test func L6_exitCodesTellTheTargetFromTheTool() {
        #expect(report().exitCode == .done)
        let ours = report(stop: .verdict(.generator, ratePerSecond: 16_000))
        #expect(ours.exitCode == .measurementNotValid)
        #expect(report(.trials).exitCode == .measurementNotValid)
        #expect(report(.interrupted).exitCode == .interrupted)
        #expect(report(wrong: 1).exitCode == .thresholdNotMet)
        for language in Language.allCases {
            let text = ours.lines(language).joined()
            #expect(text.contains(language == .chinese ? "受本工具限制" : "GENERATOR-LIMITED"))
        }
    }
}
