import Testing

@testable import idload

/// The search on targets whose capacity is known, without a clock and without sockets.
struct RateSearchTests {
    /// A target that answers so many a second and holds so many that wait; what is over is lost, or waits for ever.
    private struct Target {
        var capacity = 20_000.0
        var queue = 0.0
        /// Questions answered at once after a pause, beside the capacity.
        var burst = 0.0
        /// Of all trials, so many lose some questions for no reason of the target's.
        var hiccupShare = 0.0
        var baseLossShare = 0.0
        /// Above this rate this tool does not keep the plan.
        var generatorMax = Double.infinity
        var limitRate = Double.infinity
        var numbers = SeededNumbers(seed: 1)

        mutating func trial(_ rate: Double, _ seconds: Double) -> TrialOutcome {
            var outcome = TrialOutcome(ratePerSecond: rate, seconds: seconds)
            let sent = (rate * seconds).rounded()
            let waiting = max(0, sent - capacity * seconds - burst)
            var lost = max(0, waiting - queue) + (sent * baseLossShare).rounded()
            if numbers.fraction() < hiccupShare { lost += max(1, (sent * 0.01).rounded()) }
            outcome.sent = UInt64(sent)
            outcome.lost = UInt64(min(sent, lost))
            outcome.answered = outcome.sent - outcome.lost
            outcome.drainSeconds = min(waiting, queue) / capacity
            outcome.isGeneratorLimited = rate > generatorMax
            if rate > limitRate { outcome.missedLimit = "p99<5ms" }
            outcome.p50 = 100
            return outcome
        }
    }

    private func search(_ target: Target, _ change: (inout RateSearch.Settings) -> Void = { _ in }) -> SearchResult {
        var settings = RateSearch.Settings()
        change(&settings)
        var target = target
        return RateSearch(settings) { target.trial($0, $1) }.run()
    }

    private func rates(_ result: SearchResult) throws -> [Double] {
        try result.figures.map { try #require($0.outcome?.ratePerSecond) }
    }

    @Test(arguments: [3.0, 70, 999, 1_000, 1_001, 12_345, 64_000, 250_000, 999_000])
    func L6_theCapacityIsFoundWithinFivePercent(_ capacity: Double) throws {
        for (queue, burst) in [(0.0, 0.0), (0, capacity / 100), (capacity * 0.9, 0)] {
            let result = search(Target(capacity: capacity, queue: queue, burst: burst))
            #expect(result.figures.map(\.aim) == SearchAim.allCases)
            for rate in try rates(result) { #expect(abs(rate / capacity - 1) < 0.05, "\(rate) of \(capacity)") }
            #expect(result.figures.allSatisfy { $0.isConfirmed && ($0.outcome?.seconds ?? 0) >= 30 })
            #expect(result.earlyEnd == nil)
            #expect(result.trials.count <= 60)
        }
    }

    @Test func L6_accidentsDoNotDecide() throws {
        for seed in 0..<200 as Range<UInt64> {
            let numbers = SeededNumbers(seed: seed)
            let result = search(Target(capacity: 40_000, hiccupShare: 0.1, numbers: numbers))
            #expect(result.trials.count <= 100)
            let found = try rates(result)
            #expect(found.allSatisfy { $0 <= 42_000 }, "seed \(seed)")
            // What is left of one in ten trials, each made twice, is one in a hundred.
            #expect(found[1] >= found[0], "seed \(seed)")
        }
        let near = (0..<200 as Range<UInt64>).count { seed in
            let result = search(Target(capacity: 40_000, hiccupShare: 0.1, numbers: SeededNumbers(seed: seed)))
            return result.figures.allSatisfy { ($0.outcome?.ratePerSecond ?? 0) > 38_000 }
        }
        #expect(near >= 140, "\(near) of 200")
    }

    @Test func L6_bothFiguresAreTold() throws {
        let result = search(Target(capacity: 10_000, baseLossShare: 0.001))
        #expect(result.figures[0].outcome?.ratePerSecond ?? 0 < 1_000)
        let rate = try #require(result.figures[1].outcome?.ratePerSecond)
        #expect(abs(rate / 10_000 - 1) < 0.05)
        #expect(result.figures[1].isConfirmed)
    }

    @Test func L6_aLimitOfTimeStopsTheSearch() throws {
        let result = search(Target(capacity: 100_000, limitRate: 30_000))
        for rate in try rates(result) { #expect((28_500...30_000).contains(rate)) }
        for figure in result.figures {
            guard case .verdict(.limit("p99<5ms"), let rate) = figure.stop else {
                Issue.record("\(figure.stop)")
                continue
            }
            #expect(rate > 30_000 && rate < 31_000)
        }
    }

    @Test func L6_aQueueThatGrowsIsNotACapacity() {
        // Whatever is asked in a short trial finds its answer in the end.
        let result = search(Target(capacity: 5_000, queue: 1e9))
        #expect(result.figures.allSatisfy { ($0.outcome?.ratePerSecond ?? 0) < 5_250 })
        #expect(result.figures.allSatisfy { $0.stop.name == "behind" })
    }

    @Test func L6_theUpperBoundEndsTheSearch() {
        let result = search(Target(capacity: 2e6)) { $0.rateMax = 50_000 }
        #expect(result.figures.allSatisfy { $0.outcome?.ratePerSecond == 50_000 && $0.stop == .bound })
        // Doubling, and one long trial for both.
        #expect(result.trials.count == 8)
    }

    @Test func L6_theGeneratorsLimitIsNotTheTargets() {
        let result = search(Target(capacity: 1e6, generatorMax: 10_000))
        #expect(result.isGeneratorLimited && result.earlyEnd == nil)
        // As far as the tool goes, the target bears it, and that is shown by a long trial.
        for figure in result.figures {
            #expect(figure.isConfirmed && figure.stop.isGenerator)
            #expect((9_500...10_000).contains(figure.outcome?.ratePerSecond ?? 0))
        }
        // The one at 16,000 was made twice.
        #expect(result.trials.filter { $0.ratePerSecond == 16_000 }.count == 2)
    }

    @Test func L6_aCapacityJustBelowTheGeneratorsLimitIsTheTargets() {
        let result = search(Target(capacity: 11_000, generatorMax: 12_500))
        #expect(!result.isGeneratorLimited)
        #expect(result.figures.allSatisfy { abs(($0.outcome?.ratePerSecond ?? 0) / 11_000 - 1) < 0.05 })
    }

    @Test func L6_aLongTrialThatIsTheGeneratorsShowsNothing() {
        var target = Target(capacity: 1e6)
        let result = RateSearch(RateSearch.Settings()) { rate, seconds in
            var outcome = target.trial(rate, seconds)
            outcome.isGeneratorLimited = rate > 10_000 || seconds > 10
            return outcome
        }.run()
        #expect(result.isGeneratorLimited)
        #expect(result.figures.allSatisfy { !$0.isConfirmed && ($0.outcome?.ratePerSecond ?? 0) > 9_000 })
    }

    @Test func L6_oneAccidentOfTheGeneratorIsForgiven() {
        var target = Target(capacity: 3_000)
        var count = 0
        let result = RateSearch(RateSearch.Settings()) { rate, seconds in
            count += 1
            var outcome = target.trial(rate, seconds)
            outcome.isGeneratorLimited = count == 2
            return outcome
        }.run()
        #expect(result.earlyEnd == nil)
        #expect(result.figures.allSatisfy { abs(($0.outcome?.ratePerSecond ?? 0) / 3_000 - 1) < 0.05 })
    }

    @Test func L6_aTargetThatNeverAnswersEndsTheSearchSoon() {
        let result = search(Target(capacity: 0))
        #expect(result.earlyEnd == .silence)
        #expect(result.trials.count == 2)
        #expect(result.figures.allSatisfy { $0.outcome == nil })
    }

    @Test func L6_theNumberOfTrialsIsBounded() {
        // A target that answers by the toss of a coin.
        for seed in 0..<100 as Range<UInt64> {
            var numbers = SeededNumbers(seed: seed)
            let result = RateSearch(RateSearch.Settings()) { rate, seconds in
                var outcome = TrialOutcome(ratePerSecond: rate, seconds: seconds, sent: 100, answered: 100)
                if numbers.fraction() < 0.5 { outcome.lost = 10 }
                outcome.isGeneratorLimited = numbers.fraction() < 0.05
                return outcome
            }.run()
            #expect(result.trials.count <= 100)
        }
    }

    @Test func L6_wrongAnswersAreNeverGoodEnough() {
        var outcome = TrialOutcome(ratePerSecond: 1, seconds: 1, sent: 1_000, answered: 1_000)
        #expect(SearchAim.noLoss.verdict(on: outcome) == .met)
        outcome.busy = 5
        #expect(SearchAim.noLoss.verdict(on: outcome) == .loss)
        #expect(SearchAim.littleLoss.verdict(on: outcome) == .met)
        outcome.wrong = 1
        #expect(SearchAim.allCases.allSatisfy { $0.verdict(on: outcome) == .wrong })
        outcome.isGeneratorLimited = true
        #expect(SearchAim.allCases.allSatisfy { $0.verdict(on: outcome) == .generator })
    }
}
