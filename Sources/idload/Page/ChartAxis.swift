internal import Console

/// One of the two directions of a chart: what is where, and what is written beside it.
struct ChartAxis {
    /// A line across the chart with its words.
    struct Tick: Equatable {
        let value: Double
        let label: String
    }

    let lower: Double
    let upper: Double
    let isLogarithmic: Bool
    let ticks: [Tick]

    /// Where a value is, 0...1; what is beyond an end is at that end.
    func place(of value: Double) -> Double {
        guard upper > lower else { return 0 }
        let place =
            isLogarithmic
            ? (Logarithm.ten(max(value, lower)) - Logarithm.ten(lower))
                / (Logarithm.ten(upper) - Logarithm.ten(lower)) : (value - lower) / (upper - lower)
        return min(1, max(0, place))
    }

    /// Counts from nothing to at least `most`, with about five lines.
    static func counts(to most: Double) -> ChartAxis {
        // More than that is no count, and beyond whole numbers.
        let largest = min(most, 1e15)
        let step = max(1, roundStep(atLeast: largest / 5))
        let count = max(1, (largest / step).rounded(.up))
        return ChartAxis(
            lower: 0,
            upper: step * count,
            isLogarithmic: false,
            ticks: (0...Int(count)).map { number in
                let value = Double(number) * step
                return Tick(value: value, label: TextCount.grouped(UInt64(value)))
            }
        )
    }

    /// Seconds from nothing to `end`.
    static func time(to end: Double) -> ChartAxis {
        let steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400]
        let step = steps.first { $0 * 10 >= end } ?? 14_400 * (end / 144_000).rounded(.up)
        let count = Int((end / step).rounded(.down))
        return ChartAxis(
            lower: 0,
            upper: max(end, step),
            isLogarithmic: false,
            ticks: (0...count).map { number in
                let value = Double(number) * step
                return Tick(value: value, label: TextCount.duration(.milliseconds(Int64(value * 1_000))))
            }
        )
    }

    /// Microseconds, from a power of ten to one, that `smallest` and `largest` are between.
    static func microseconds(from smallest: Double, to largest: Double) -> ChartAxis {
        let lower = Logarithm.powerOfTen(atMost: max(1, smallest))
        let upper = max(lower * 10, Logarithm.powerOfTen(atLeast: max(1, largest)))
        // With few powers of ten there is room for lines between them.
        let parts: [Double] = upper / lower <= 100 ? [1, 2, 5] : [1]
        var ticks: [Tick] = []
        var power = lower
        while power <= upper {
            for value in parts.map({ $0 * power }) where value <= upper {
                ticks.append(Tick(value: value, label: TextCount.duration(.microseconds(Int64(value)))))
            }
            power *= 10
        }
        return ChartAxis(lower: lower, upper: upper, isLogarithmic: true, ticks: ticks)
    }

    /// Percentiles by 1 / (1 - share), so that the last ones have as much room as the first.
    static func percentiles(to largest: Double) -> ChartAxis {
        let names = ["0 %", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %", "99.9999 %", "99.99999 %"]
        let upper = min(1e7, max(10, Logarithm.powerOfTen(atLeast: largest)))
        var ticks: [Tick] = []
        var power = 1.0
        for name in names where power <= upper {
            ticks.append(Tick(value: power, label: name))
            power *= 10
        }
        return ChartAxis(lower: 1, upper: upper, isLogarithmic: true, ticks: ticks)
    }

    /// The least of 1, 2, 5, 10, 20, … that is not below `least`.
    private static func roundStep(atLeast least: Double) -> Double {
        let power = Logarithm.powerOfTen(atMost: max(1, least))
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= least } ?? power * 10
    }
}
