/// Reads the shapes of the rate as they are written on the command line; nil where the text is none.
enum LoadShape {
    /// No rate is higher, and no interval shorter than its inverse.
    static let ratePerSecondMax = 1e7
    static let ratePerSecondMin = 0.1
    /// Steps that one `--steps` may have.
    static let stepCountMax = 1_000

    /// `1000`, `10k`: a rate.
    static func rate(_ text: some StringProtocol) -> Double? {
        guard let rate = LoadQuantity.number(text), rate >= ratePerSecondMin, rate <= ratePerSecondMax else {
            return nil
        }
        return rate
    }

    /// `FROM:TO`; one of the two may be 0.
    static func ramp(_ text: String) -> Schedule.Shape? {
        let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { end in
            LoadQuantity.number(end) == 0 ? 0 : rate(end)
        }
        guard ends.count == 2, let from = ends[0], let to = ends[1], from + to > 0 else { return nil }
        return .ramp(from: from, to: to)
    }

    /// `RATE,RATE,…:TIME`, each rate for that time.
    static func steps(_ text: String) -> Schedule.Shape? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let each = LoadQuantity.seconds(parts[1]), each >= 0.1, each <= 86_400 else {
            return nil
        }
        let rates = parts[0].split(separator: ",", omittingEmptySubsequences: false).map { rate($0) }
        let known = rates.compactMap { $0 }
        guard known.count == rates.count, known.count <= stepCountMax else { return nil }
        return .steps(known, secondsEach: each)
    }

    /// `COUNT:TIME`: so many at once, each time so much time has gone by.
    static func burst(_ text: String) -> Schedule.Shape? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = LoadQuantity.number(parts[0]), let every = LoadQuantity.seconds(parts[1]),
            count >= 1, count <= ratePerSecondMax, count == count.rounded(), every >= 0.001, every <= 3_600
        else { return nil }
        return .burst(Int(count), everySeconds: every)
    }
}
