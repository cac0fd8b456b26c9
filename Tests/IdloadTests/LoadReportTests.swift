import Console
import EventLoop
import Foundation
import Testing

@testable import idload

struct LoadReportTests {
    private func report(
        right: UInt64,
        wrong: UInt64 = 0,
        lost: UInt64 = 0,
        conditions: [String] = []
    ) -> LoadReport {
        var tally = Tally()
        tally.right = right
        tally.lost = lost
        for _ in 0..<wrong { tally.note(.identifier, identifier: Array("88.118.8/\u{1B}[2J".utf8), packet: [1, 2]) }
        for number in 1...max(1, right + wrong) where right + wrong > 0 {
            tally.note(latencyNanoseconds: number * 1_000)
        }
        tally.sent = right + wrong + lost
        let plan = LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 2641), seed: 42)
        let result = LoadRun.Result(tally: tally, seconds: 2, wasInterrupted: false, wasRefused: false)
        return LoadReport(
            plan: plan,
            result: result,
            thresholds: [.noneWrong] + conditions.compactMap(Threshold.init),
            questionCount: 1,
            commandLine: ["idload", "127.0.0.1:2641"]
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
}
