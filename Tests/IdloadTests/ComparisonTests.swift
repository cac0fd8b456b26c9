import Console
import EventLoop
import Foundation
import Testing

@testable import idload

struct ComparisonTests {
    private func comparison(_ before: RunDocument, _ after: RunDocument, margin: Double = 0.1) -> Comparison {
        Comparison(before: before, after: after, timeShare: margin)
    }

    /// What is said of a figure.
    private func verdict(_ key: String, _ comparison: Comparison) -> Judgement.Verdict? {
        comparison.judgements.first { $0.key == key }?.verdict
    }

    @Test func L9_aRunIsTheSameAsItself() {
        let document = SampleRun.document()
        let comparison = comparison(document, document)
        #expect(comparison.obstacles.isEmpty)
        #expect(comparison.verdict == .same)
        #expect(comparison.judgements.count == 3 + LatencyHistogram.percentiles.count)
    }

    @Test func L9_slowerIsWorseAndFasterIsBetter() {
        let (fast, slow) = (SampleRun.document(), SampleRun.document(firstMicroseconds: 5_000))
        let down = comparison(fast, slow)
        #expect(verdict("p50_us", down) == .worse)
        #expect(verdict("rate", down) == .same)
        // The longest time is one question's.
        #expect(verdict("max_us", down) == .notJudged)
        #expect(down.verdict == .worse)
        #expect(comparison(slow, fast).verdict == .better)
        #expect(comparison(fast, slow, margin: 10).verdict == .same)
    }

    @Test func L9_wrongAnswersAndLossAreWorse() {
        let good = SampleRun.document(lost: 0, wrong: 0)
        #expect(comparison(good, SampleRun.document(lost: 0, wrong: 1)).verdict == .worse)
        #expect(verdict("loss", comparison(good, SampleRun.document(lost: 9, wrong: 0))) == .same)
        #expect(verdict("loss", comparison(good, SampleRun.document(lost: 11, wrong: 0))) == .worse)
        // A percentile among the lost is longer than any.
        let lossy = comparison(good, SampleRun.document(lost: 200, wrong: 0))
        #expect(verdict("p99_us", lossy) == .worse)
        #expect(lossy.judgements.first { $0.key == "p99_us" }?.after == nil)
    }

    @Test func L9_aPercentileOfTooFewIsNotJudged() {
        let document = SampleRun.document(answered: 9_000, lost: 0, wrong: 0)
        #expect(verdict("p99_us", comparison(document, document)) == .same)
        #expect(verdict("p99_9_us", comparison(document, document)) == .notJudged)
        let larger = SampleRun.document(answered: 10_000, lost: 0, wrong: 0)
        #expect(verdict("p99_9_us", comparison(larger, larger)) == .same)
    }

    @Test func L9_runsOfDifferentPlansDoNotCompare() throws {
        let document = SampleRun.document()
        var other = SampleRun.document(rate: 5_000)
        other.plan.keys = "uniform"
        other.plan.identifierCount = 5
        let comparison = comparison(document, other)
        #expect(comparison.verdict == nil)
        #expect(comparison.judgements.allSatisfy { $0.verdict == .notJudged })
        let keys = comparison.obstacles.compactMap { obstacle in
            if case .plan(let difference) = obstacle { difference.key } else { nil }
        }
        #expect(keys == ["plan", "keys", "identifiers"])
        let json = try JSONSerialization.jsonObject(with: Data(comparison.json(names: ("a", "b"))))
        let object = try #require(json as? [String: Any])
        #expect(object["verdict"] as? String == "not_comparable")
        #expect(object["comparable"] as? Bool == false)
        #expect((object["obstacles"] as? [Any])?.count == 3)
    }

    @Test func L4_theToolsOwnLimitIsNotCompared() {
        var limited = SampleRun.document()
        limited.isGeneratorLimited = true
        let whole = SampleRun.document()
        #expect(comparison(whole, limited).obstacles == [.generatorLimited(isAfter: true)])
        #expect(comparison(limited, whole).obstacles == [.generatorLimited(isAfter: false)])
        #expect(comparison(limited, whole).verdict == nil)
        let silent = SampleRun.silent()
        #expect(comparison(whole, silent).obstacles == [.nothingAnswered(isAfter: true)])
    }

    @Test(arguments: Language.allCases)
    func L9_theTextSaysWhatIsJudgedAndByWhat(_ language: Language) {
        let down = comparison(SampleRun.document(), SampleRun.document(firstMicroseconds: 5_000))
        let text = down.lines(language, names: ("a.json", "b.json")).joined(separator: "\n")
        for part in ["a.json", "b.json", "p99.9", "10 %", "20 µs", "5 %"] { #expect(text.contains(part), "\(part)") }
        #expect(text.contains(language == .chinese ? "结论：更差" : "verdict: worse"))
        let apart = comparison(SampleRun.document(), SampleRun.document(rate: 9))
        let words = apart.lines(language, names: ("a", "b")).joined(separator: "\n")
        #expect(words.contains(language == .chinese ? "不可比较" : "do not compare"))
    }

    @Test func L9_otherSharesOrASteeperRampAreAnotherPlan() {
        let one = SampleRun.ofTwoTargets()
        var other = SampleRun.ofTwoTargets()
        #expect(PlanDifference.between(one.plan, other.plan).isEmpty)
        other.plan.shares = PlanFacts.shares(of: [
            LoadTarget(address: SocketAddress(ipv4: 0x7F00_0001, port: 2641), carrier: .udp, weight: 3),
            LoadTarget(address: SocketAddress(ipv4: 0x7F00_0001, port: 2642), carrier: .tcp, weight: 1),
        ])
        #expect(PlanDifference.between(one.plan, other.plan).map(\.key) == ["weights"])
        #expect(other.plan.shares == ["udp 75.0 %", "tcp 25.0 %"])
        let ramps = [10.0, 60].map { Schedule(.ramp(from: 0, to: 5_000), seconds: $0).text.english }
        #expect(ramps[0] != ramps[1] && ramps[0].hasSuffix(" in 10 s"), "\(ramps)")
    }
}
