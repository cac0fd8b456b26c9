import Testing

@testable import idload

struct SecondRowsTests {
    /// A second with ten answers.
    private func second(_ number: Int, isMeasured: Bool = true) -> LoadSecond {
        var second = LoadSecond()
        second.elapsedSeconds = Double(number)
        second.seconds = 1
        second.isMeasured = isMeasured
        second.targetPerSecond = Double(number)
        second.sent = 10
        second.answered = 10
        for _ in 0..<10 { second.response.note(nanoseconds: UInt64(1 + number % 100) * 100_000) }
        return second
    }

    @Test func L9_anHourHasARowForEachSecond() {
        var rows = SecondRows(plannedSeconds: 3_500)
        for number in 1...3_500 { rows.add(second(number)) }
        #expect(rows.secondsEach == 1)
        #expect(rows.all.count == 3_500)
        #expect(rows.all.map(\.sent).reduce(0, +) == 35_000)
    }

    @Test func L7_hoursHaveNoMoreRowsThanOne() {
        var rows = SecondRows(plannedSeconds: 8_000)
        for number in 1...8_000 { rows.add(second(number, isMeasured: number > 10)) }
        #expect(rows.all.count <= SecondRows.countMax)
        #expect(rows.all.map(\.sent).reduce(0, +) == 80_000)
        // The warm-up ends with a row.
        #expect(rows.all.contains { $0.endSeconds == 10 && !$0.isMeasured })
        // Percentiles are of all that a row holds, not of percentiles.
        let row = rows.all[20]
        #expect(row.seconds == 3)
        #expect(row.times.allSatisfy { $0 != .unknown })
    }

    @Test func L7_aRunThatTakesLongerThanPlannedKeepsTheBound() {
        var rows = SecondRows(plannedSeconds: 10)
        for number in 1...9_000 { rows.add(second(number)) }
        #expect(rows.all.count <= SecondRows.countMax)
        #expect(rows.all.map(\.answered).reduce(0, +) == 90_000)
        let joined = rows.all[0]
        #expect(joined.times.dropLast().allSatisfy { $0 == .unknown })
        #expect(joined.times.last != .unknown)
        #expect(joined.targetPerSecond.map { $0 > 1 && $0 < 20 } == true)
    }
}
