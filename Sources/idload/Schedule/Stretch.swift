/// A part of a schedule with one course of the rate. What it computes takes the same time for any question.
struct Stretch: Sendable, Equatable {
    /// How the rate goes on.
    enum Course: Sendable, Equatable {
        /// From a rate, up or down by so much each second.
        case linear(from: Double, perSecond: Double)
        /// So many questions at once, again and again.
        case burst(Double, everyNanoseconds: Double)
    }

    let startNanoseconds: Double
    let seconds: Double
    /// The questions of the stretches before; a fraction where those end between two questions.
    let first: Double
    let course: Course

    /// The questions up to the stretch's end; a fraction where it ends between two.
    var end: Double {
        switch course {
        case .linear(let from, let slope): first + (from + slope * seconds / 2) * seconds
        case .burst(let size, let every): first + (seconds * 1e9 / every).rounded(.up) * size
        }
    }

    /// The rate at a time within it; of bursts their mean.
    func ratePerSecond(atNanoseconds nanoseconds: Double) -> Double {
        switch course {
        case .linear(let from, let slope): from + slope * min(seconds, max(0, nanoseconds - startNanoseconds) / 1e9)
        case .burst(let size, let every): size / (every / 1e9)
        }
    }

    /// The same up to a time within it.
    func cut(atNanoseconds nanoseconds: Double) -> Stretch {
        let seconds = min(seconds, max(0, nanoseconds - startNanoseconds) / 1e9)
        return Stretch(startNanoseconds: startNanoseconds, seconds: seconds, first: first, course: course)
    }

    /// When question `number` of the whole schedule is due, in nanoseconds from the run's start.
    func nanoseconds(of number: UInt64) -> Double {
        let rank = max(0, Double(number) - first)
        switch course {
        case .linear(let from, let slope):
            guard rank > 0 else { return startNanoseconds }
            // The root of rank = from·t + slope·t²/2, in the form that loses no digits where the slope is small.
            let root = (max(0, from * from + 2 * slope * rank)).squareRoot()
            return startNanoseconds + min(seconds, 2 * rank / (from + root)) * 1e9
        case .burst(let size, let every): return startNanoseconds + (rank / size).rounded(.down) * every
        }
    }

    /// How many questions of the whole schedule are due up to and including a time within the stretch, or after it.
    func plannedCount(through nanoseconds: Double) -> UInt64 {
        let elapsed = max(0, nanoseconds - startNanoseconds)
        switch course {
        case .linear(let from, let slope):
            let time = min(seconds, elapsed / 1e9)
            let reached = first + (from + slope * time / 2) * time
            return UInt64(min(end.rounded(.up), reached.rounded(.down) + 1))
        case .burst(let size, let every):
            return UInt64(min(end, first + ((elapsed / every).rounded(.down) + 1) * size))
        }
    }
}
