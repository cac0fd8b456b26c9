/// What one case came to, as one line of JSON.
struct BenchResult {
    let name: String
    let count: Int
    let failures: Int
    let nanoseconds: UInt64
    /// How long each took, where each was waited for; unordered.
    var latencies: [UInt64] = []

    var line: String {
        let seconds = Double(nanoseconds) / 1e9
        let rate = seconds > 0 ? Double(count) / seconds : 0
        var line = "{\"case\":\"\(name)\",\"done\":\(count),\"failed\":\(failures),"
        line += "\"seconds\":\(Self.text(seconds)),\"perSecond\":\(Self.text(rate))"
        if !latencies.isEmpty {
            let sorted = latencies.sorted()
            for (label, share) in [("p50", 0.5), ("p99", 0.99)] {
                let place = min(sorted.count - 1, Int(Double(sorted.count) * share))
                line += ",\"\(label)Milliseconds\":\(Self.text(Double(sorted[place]) / 1e6))"
            }
        }
        return line + "}"
    }

    /// Three places behind the point.
    private static func text(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
}
