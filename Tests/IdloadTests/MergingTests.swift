import Console
import Testing

@testable import idload

struct MergingTests {
    private static let facts = RunFacts(
        commandLine: ["idload", "merge"],
        version: "idload 2",
        host: SampleRun.host,
        seed: 1
    )

    private func merged(_ documents: RunDocument...) throws -> RunDocument {
        try #require(Merging(documents)).merged(Self.facts)
    }

    @Test func L14_countsAndHistogramsAddAndPercentilesAreOfAll() throws {
        let (fast, slow) = (SampleRun.document(), SampleRun.document(firstMicroseconds: 20_000, seed: 8))
        let both = try merged(fast, slow)
        #expect(both.result.tally.answered == 20_000)
        #expect(both.result.tally.lost == 6)
        #expect(both.result.tally.wrong == 4)
        #expect(both.result.tally.faults == [.code(100): 4])
        // As if one machine had asked all of it.
        var all = LatencyHistogram()
        for first in [100, 20_000] as [UInt64] {
            for number in 0..<10_000 as Range<UInt64> { all.note(nanoseconds: (first + number) * 1_000) }
        }
        for (_, percent) in LatencyHistogram.percentiles {
            #expect(
                both.result.tally.microseconds(atPercentile: percent)
                    == all.microseconds(atPercentile: percent, lost: 6)
            )
        }
        // One half is fast and the other slow, with the lost: the mean of the two medians, 15,000, is nobody's time.
        let median = try #require(both.result.tally.microseconds(atPercentile: 50))
        #expect((20_000...20_100).contains(median))
        #expect(both.result.answersPerSecond == 5_000)
    }

    @Test func L14_secondsAddRowByRow() throws {
        let (one, other) = (SampleRun.document(), SampleRun.document(seconds: 2, seed: 8))
        let both = try merged(one, other)
        #expect(both.rows.count == 4)
        #expect(both.rows.map(\.answered) == [7_500, 7_500, 2_500, 2_500])
        #expect(both.rows[0].targetPerSecond == 5_002)
        #expect(both.rows[0].connections == 8)
        // The longest time of both is known; where one asked alone all is known.
        #expect(both.rows[0].times[0] == .unknown)
        #expect(both.rows[0].times[3] == other.rows[0].times[3])
        #expect(both.rows[3].times == one.rows[3].times)
        #expect(both.warnings.contains { $0.english.contains("took from") })
    }

    @Test func L14_aMergedResultCanBeReadComparedAndMergedAgain() throws {
        let both = try merged(SampleRun.document(), SampleRun.document(seed: 8))
        let read = try RunDocument(json: both.json)
        #expect(read.json == both.json)
        #expect(read.parts == both.parts)
        #expect(read.parts.map(\.facts.seed) == [7, 8])
        #expect(Comparison(before: both, after: read, timeShare: 0.1).verdict == .same)
        let three = try merged(read, SampleRun.document(seed: 9))
        #expect(three.parts.map(\.facts.seed) == [7, 8, 9])
        #expect(three.result.tally.answered == 30_000)
        for language in Language.allCases {
            let text = three.lines(language).joined(separator: "\n")
            #expect(text.contains("30,000"))
            let page = ReportPage(document: three, language: language).text
            #expect(page.contains("30,000"))
        }
    }

    @Test func L14_aTargetOfSeveralMachinesIsOne() throws {
        let both = try merged(SampleRun.ofTwoTargets(), SampleRun.document(seed: 8))
        #expect(both.result.channels.map(\.tally.answered) == [20_000, 1_000])
        #expect(both.result.channels.map(\.target.carrier) == [.udp, .tcp])
        #expect(both.result.tally.answered == 21_000)
        #expect(both.plan.carriers == ["udp", "tcp"])
        #expect(try RunDocument(json: both.json).json == both.json)
    }

    @Test func L14_whatDoesNotFitTogetherIsTold() throws {
        let one = SampleRun.document()
        #expect(try merged(one, SampleRun.document(seed: 8)).warnings.isEmpty)
        var other = SampleRun.document(rate: 9, seed: 8)
        other.plan.targets = ["192.0.2.1:2641"]
        other.plan.threadCount = 2
        other.plan.timeoutMicroseconds = 5
        other.rowSeconds = 2
        let both = try merged(one, other)
        let warnings = both.warnings.map(\.english).joined(separator: "\n")
        for part in ["mode and rate", "timeout", "threads", "rows of different lengths"] {
            #expect(warnings.contains(part))
        }
        #expect(both.rows.isEmpty)
        #expect(both.plan.targets == ["127.0.0.1:2641", "192.0.2.1:2641"])
        #expect(both.plan.timeoutMicroseconds == 5)
        let twice = try merged(one, one).warnings
        #expect(twice.count == 1)
        #expect(twice.first?.english.contains("twice") == true)
    }

    @Test func L4_oneMachinesLimitIsTheWholes() throws {
        let both = try merged(SampleRun.document(wrong: 0), SampleRun.limited(seed: 8))
        #expect(both.isGeneratorLimited)
        #expect(both.limits == [.backlog])
        #expect(both.result.generator.backlog == 1_234)
        #expect(both.exitCode == .measurementNotValid)
    }

    @Test func L10_conditionsAreAskedOfTheWhole() throws {
        let one = SampleRun.document(wrong: 0, conditions: ["lost<=3"])
        #expect(one.exitCode == .done)
        let both = try merged(one, SampleRun.document(wrong: 0, seed: 8, conditions: ["p99<5ms"]))
        #expect(both.thresholds.map(\.text) == ["wrong==0", "lost<=3", "p99<5ms"])
        #expect(both.exitCode == .thresholdNotMet)
    }

    @Test func L14_thereIsABound() {
        let document = SampleRun.document(answered: 100)
        #expect(Merging([document]) == nil)
        #expect(Merging([]) == nil)
        var many = document
        many.parts = Array(repeating: RunDocument.Part(document), count: RunDocument.partCountMax)
        #expect(Merging([many, document]) == nil)
    }
}
