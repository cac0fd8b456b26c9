/// When each question of an open loop is to be sent, whatever has become of those before it.
///
/// Questions are numbered from 0, times are nanoseconds from the run's start. A value: the same numbers give the same
/// times. Stretches follow one another: the warm-up, whose questions are not part of the result, then the shape.
struct Schedule: Sendable, Equatable {
    /// How the rate goes on, in questions per second.
    enum Shape: Sendable, Equatable {
        case constant(Double)
        /// Evenly from one rate to the other.
        case ramp(from: Double, to: Double)
        /// One rate after the other, each for so many seconds.
        case steps([Double], secondsEach: Double)
        /// So many questions at once, each time so many seconds have gone by.
        case burst(Int, everySeconds: Double)
    }

    let shape: Shape
    let warmupSeconds: Double
    /// Without the warm-up.
    let seconds: Double
    let stretches: [Stretch]
    /// All questions, those of the warm-up too.
    let count: UInt64
    /// The first question that is part of the result.
    private(set) var measuredFirst: UInt64 = 0

    /// `seconds` says how long a shape goes on that does not say so itself.
    init(_ shape: Shape, seconds: Double, warmupSeconds: Double = 0) {
        self.shape = shape
        self.warmupSeconds = warmupSeconds
        let parts = Self.parts(of: shape, seconds: seconds, warmupSeconds: warmupSeconds)
        var stretches: [Stretch] = []
        var start = 0.0
        var first = 0.0
        for (length, course) in parts {
            let stretch = Stretch(startNanoseconds: start, seconds: length, first: first, course: course)
            stretches.append(stretch)
            start += length * 1e9
            first = stretch.end
        }
        self.stretches = stretches
        self.seconds = start / 1e9 - warmupSeconds
        count = UInt64(first.rounded(.up))
        countWarmup()
    }

    /// Another's, with other stretches, which end at the same time.
    private init(_ other: Schedule, stretches: [Stretch]) {
        shape = other.shape
        warmupSeconds = other.warmupSeconds
        seconds = other.seconds
        self.stretches = stretches
        count = UInt64((stretches.last?.end ?? 0).rounded(.up))
        countWarmup()
    }

    private mutating func countWarmup() {
        guard warmupSeconds > 0 else { return }
        measuredFirst = plannedCount(through: UInt64(warmupSeconds * 1e9) - 1)
    }

    /// The same up to a time, and from there to its end at a constant rate; the same where its end is before that.
    func changed(to ratePerSecond: Double, atNanoseconds nanoseconds: UInt64) -> Schedule {
        let time = Double(nanoseconds)
        let secondsLeft = warmupSeconds + seconds - time / 1e9
        guard secondsLeft > 0 else { return self }
        var stretches = stretches.filter { $0.startNanoseconds < time }
        if let last = stretches.popLast() { stretches.append(last.cut(atNanoseconds: time)) }
        let rest = Stretch(
            startNanoseconds: time,
            seconds: secondsLeft,
            first: stretches.last?.end ?? 0,
            course: .linear(from: ratePerSecond, perSecond: 0)
        )
        return Schedule(self, stretches: stretches + [rest])
    }

    /// The rate at a time; of bursts their mean.
    func ratePerSecond(atNanoseconds nanoseconds: UInt64) -> Double {
        let time = Double(nanoseconds)
        return (stretches.last { $0.startNanoseconds <= time } ?? stretches[0]).ratePerSecond(atNanoseconds: time)
    }

    /// The whole with its warm-up.
    var nanoseconds: UInt64 { UInt64((warmupSeconds + seconds) * 1e9) }

    /// How many questions are planned up to and including a time.
    func plannedCount(through nanoseconds: UInt64) -> UInt64 {
        let time = Double(nanoseconds)
        guard let stretch = stretches.last(where: { $0.startNanoseconds <= time }) else { return 0 }
        return min(count, stretch.plannedCount(through: time))
    }

    /// The most questions of any second.
    var peakPerSecond: Double {
        switch shape {
        case .constant(let rate): rate
        case .ramp(let from, let to): max(from, to)
        case .steps(let rates, _): rates.max() ?? 0
        case .burst(let count, let every): Double(count) * max(1, (1 / every).rounded(.up))
        }
    }

    private static func parts(
        of shape: Shape,
        seconds: Double,
        warmupSeconds: Double
    ) -> [(seconds: Double, course: Stretch.Course)] {
        func warmed(_ rate: Double) -> [(Double, Stretch.Course)] {
            warmupSeconds > 0 ? [(warmupSeconds, .linear(from: rate, perSecond: 0))] : []
        }
        switch shape {
        case .constant(let rate): return warmed(rate) + [(seconds, .linear(from: rate, perSecond: 0))]
        case .ramp(let from, let to):
            return warmed(from) + [(seconds, .linear(from: from, perSecond: (to - from) / seconds))]
        case .steps(let rates, let each):
            return warmed(rates.first ?? 0) + rates.map { (each, .linear(from: $0, perSecond: 0)) }
        case .burst(let count, let every):
            // Bursts go on as they begin: the warm-up is their first part.
            return [(warmupSeconds + seconds, .burst(Double(count), everyNanoseconds: every * 1e9))]
        }
    }
}
