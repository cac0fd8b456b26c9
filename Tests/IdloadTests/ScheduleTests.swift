import Testing

@testable import idload

struct ScheduleTests {
    private static let shapes: [Schedule.Shape] = [
        .constant(0.5), .constant(3), .constant(1_000), .constant(12_345.6), .constant(54_321),
        .ramp(from: 100, to: 20_000), .ramp(from: 20_000, to: 100), .ramp(from: 0, to: 5_000),
        .ramp(from: 5_000, to: 0),
        .steps([1_000, 10_000, 500.5, 20_000], secondsEach: 1.5), .steps([7], secondsEach: 3),
        .burst(500, everySeconds: 0.25), .burst(1, everySeconds: 1), .burst(3, everySeconds: 0.7),
    ]

    /// The planned times of all questions.
    private func times(of schedule: Schedule) -> [UInt64] {
        var cursor = ScheduleCursor(schedule)
        var times: [UInt64] = []
        while !cursor.isAtEnd {
            times.append(cursor.nextNanoseconds)
            cursor.advance()
        }
        return times
    }

    /// The rate that a shape means at a time of its measured part, without reference to how a schedule computes it.
    private func rate(_ shape: Schedule.Shape, at second: Double, of seconds: Double) -> Double {
        switch shape {
        case .constant(let rate): rate
        case .ramp(let from, let to): from + (to - from) * second / seconds
        case .steps(let rates, let each): rates[min(rates.count - 1, Int(second / each))]
        case .burst(let count, let every): Double(count) / every
        }
    }

    @Test(arguments: shapes, [0.0, 2.0])
    func L5_timesGoUpAndEndWithThePlan(_ shape: Schedule.Shape, warmupSeconds: Double) {
        let schedule = Schedule(shape, seconds: 6, warmupSeconds: warmupSeconds)
        let times = times(of: schedule)
        #expect(UInt64(times.count) == schedule.count)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
        // A ramp from nothing has no warm-up questions.
        let isQuiet = shape == .ramp(from: 0, to: 5_000)
        #expect(times.first == (isQuiet ? UInt64(warmupSeconds * 1e9) : 0))
        #expect(times.allSatisfy { $0 <= schedule.nanoseconds })
        let warm = times.count { Double($0) < warmupSeconds * 1e9 }
        #expect(abs(Int(schedule.measuredFirst) - warm) <= 1)
    }

    @Test(arguments: shapes)
    func L4_everySecondHasItsShareOfThePlan(_ shape: Schedule.Shape) {
        let schedule = Schedule(shape, seconds: 6)
        let times = times(of: schedule)
        if case .burst = shape { return #expect(times.count > 0) }
        for tenth in stride(from: 0, through: Int(schedule.seconds * 10) - 10, by: 3) {
            let end = UInt64(tenth + 10) * 100_000_000
            let before = times.partitioningIndex { $0 >= end - 1_000_000_000 }
            let sent = Double(times.partitioningIndex { $0 >= end } - before)
            let planned = (0..<1_000).reduce(0.0) { sum, part in
                sum + rate(shape, at: Double(tenth) / 10 + (Double(part) + 0.5) / 1_000, of: 6) / 1_000
            }
            // The edges of a window may cut a question in or out.
            #expect(abs(sent - planned) <= planned / 100 + 1)
        }
    }

    @Test(arguments: shapes)
    func L5_countAndTimeAreInverse(_ shape: Schedule.Shape) {
        let schedule = Schedule(shape, seconds: 6, warmupSeconds: 1)
        let times = times(of: schedule)
        for number in stride(from: 0, to: times.count, by: max(1, times.count / 997)) {
            let through = schedule.plannedCount(through: times[number])
            let counted = UInt64(times.partitioningIndex { $0 > times[number] })
            #expect(abs(Int64(through) - Int64(counted)) <= 1)
        }
        #expect(schedule.plannedCount(through: schedule.nanoseconds) == schedule.count)
    }

    @Test func L5_burstsAreAtOnce() {
        #expect(
            times(of: Schedule(.burst(3, everySeconds: 0.5), seconds: 1)) == [
                0, 0, 0, 500_000_000, 500_000_000, 500_000_000,
            ]
        )
    }

    @Test func L5_aConstantRateIsEven() {
        #expect(times(of: Schedule(.constant(4), seconds: 1)) == [0, 250_000_000, 500_000_000, 750_000_000])
    }

    @Test func L18_thePeakIsTheMostOfAnySecond() {
        #expect(Schedule(.ramp(from: 10, to: 900), seconds: 5).peakPerSecond == 900)
        #expect(Schedule(.steps([1, 7, 3], secondsEach: 1), seconds: 0).peakPerSecond == 7)
        #expect(Schedule(.burst(500, everySeconds: 0.4), seconds: 5).peakPerSecond == 1_500)
        #expect(Schedule(.burst(500, everySeconds: 10), seconds: 5).peakPerSecond == 500)
    }
}

extension [UInt64] {
    /// The first place where `isBeyond` holds, of numbers that go up.
    fileprivate func partitioningIndex(_ isBeyond: (UInt64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
