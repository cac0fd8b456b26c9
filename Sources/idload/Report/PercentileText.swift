internal import Console

/// A distribution of times as text in the form of HDR histograms, which their plotters read: microseconds.
enum PercentileText {
    /// The distribution of `histogram`. Lost ones belong to all that percentiles are of, so that it ends where they
    /// begin. Lines that begin with `#` say what was run, and sum up.
    static func text(_ histogram: LatencyHistogram, lost: UInt64, facts: RunFacts) -> String {
        var text = "       Value     Percentile TotalCount 1/(1-Percentile)\n\n"
        for point in PercentilePoint.points(of: histogram, lost: lost) { text += line(point) + "\n" }
        let (mean, deviation) = moments(of: histogram)
        let longest = histogram.microseconds(atPercentile: 100) ?? 0
        for (one, first, other, second) in [
            ("Mean    =", fixed(mean, 3), "StdDeviation   =", fixed(deviation, 3)),
            ("Max     =", fixed(Double(longest), 3), "Total count    =", "\(histogram.count)"),
            ("Lost    =", "\(lost)", "Unit           =", "us"),
        ] {
            text += "#[\(one) \(padded(first, 12)), \(other) \(padded(second, 12))]\n"
        }
        for line in facts.lines() { text += "# \(TerminalText.safe(line))\n" }
        return text
    }

    private static func line(_ point: PercentilePoint) -> String {
        let inverse = point.share < 1 ? " " + padded(fixed(1 / (1 - point.share), 2), 14) : ""
        return padded(fixed(Double(point.microseconds), 3), 12) + " " + fixed(point.share, 12) + " "
            + padded("\(point.count)", 10) + inverse
    }

    /// Mean and standard deviation of what was answered.
    private static func moments(of histogram: LatencyHistogram) -> (mean: Double, deviation: Double) {
        guard histogram.count > 0 else { return (0, 0) }
        let total = Double(histogram.count)
        let pairs = histogram.pairs
        let mean = pairs.reduce(0) { $0 + Double($1.microseconds) * Double($1.count) } / total
        let squares = pairs.reduce(0) { sum, pair in
            let distance = Double(pair.microseconds) - mean
            return sum + distance * distance * Double(pair.count)
        }
        return (mean, (squares / total).squareRoot())
    }

    /// With so many digits after the point.
    private static func fixed(_ value: Double, _ digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        guard value < 9e18 / scale else { return "\(value)" }
        let scaled = UInt64((value * scale).rounded())
        let rest = String(scaled % UInt64(scale))
        return "\(scaled / UInt64(scale))." + String(repeating: "0", count: digits - rest.utf8.count) + rest
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }
}
