import ResolutionProtocol
import Testing

@testable import Resolution

@Suite struct LedgerForecastTests {
    private static let first = CountDay(number: 20_000)

    private static func days(_ values: [UInt64]) throws -> [(day: CountDay, counts: LedgerCounts)] {
        try values.enumerated().map { place, value in
            var counts = LedgerCounts()
            try counts.add(received: value * 2, found: value, of: .external)
            try counts.add(received: 1_000, found: 1_000, of: .own)
            return (CountDay(number: first.number + Int32(place)), counts)
        }
    }

    private static func forecast(_ values: [UInt64], target: UInt64, before: UInt64 = 0) throws -> LedgerForecast {
        let total = values.reduce(before, +)
        return try #require(
            LedgerForecast(days: try days(values), measure: .successes, total: total, target: target)
        )
    }

    @Test func theDayIsThatAtWhoseEndTheMeanReachesTheTarget() throws {
        let forecast = try Self.forecast([UInt64](repeating: 100, count: 30), target: 5_050)
        // 3,000 by the last day; 2,050 more are 20.5 days.
        let expected = CountDay(number: Self.first.number + 29 + 21)
        #expect(forecast.windows[0].outcome == .reached(on: expected))
        #expect(forecast.windows[1].outcome == .reached(on: expected))
        #expect(forecast.windows[2].outcome == .tooFewDays(30))
        #expect(forecast.millionths == 594_059)
        #expect(forecast.reachedOn == nil)
    }

    @Test func probesAndLoadTestsDoNotEnterTheExternalCount() throws {
        let days = try Self.days([5])
        #expect(LedgerForecast.Measure.successes.value(of: days[0].counts) == 5)
        #expect(LedgerForecast.Measure.requests.value(of: days[0].counts) == 1_010)
    }

    @Test func whatCannotBeSaidIsNotSaid() throws {
        #expect(LedgerForecast(days: [], measure: .successes, total: 0, target: 1) == nil)
        let nothing = try Self.forecast([UInt64](repeating: 0, count: 7), target: 10)
        #expect(nothing.windows[0].outcome == .never)
        let slow = try Self.forecast([0, 0, 0, 0, 0, 0, 1], target: 2_000_000_000)
        #expect(slow.windows[0].outcome == .beyond)
        let huge = try Self.forecast([0, 0, 0, 0, 0, 0, 1], target: .max)
        #expect(huge.windows[0].outcome == .beyond)
    }

    @Test func aTargetThatHasBeenReachedNamesItsDay() throws {
        let forecast = try Self.forecast([5, 5, 5, 5], target: 12)
        #expect(forecast.reachedOn == CountDay(number: Self.first.number + 2))
        #expect(forecast.millionths == 1_000_000)
        let before = try Self.forecast([5, 5], target: 12, before: 10)
        #expect(before.reachedOn == Self.first)
    }
}
