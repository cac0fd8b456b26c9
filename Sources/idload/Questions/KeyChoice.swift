/// Which of the known identifiers is asked for next; the first that were given are the most asked for.
enum KeyChoice: Sendable, Equatable {
    /// The r-th identifier in proportion to 1/rˢ.
    case zipf(Double)
    /// All alike.
    case uniform
    /// So large a share of the questions goes to so large a share of the identifiers, both in 0...1.
    case hot(questions: Double, identifiers: Double)
    /// One after the other, as they were given or in an order that the seed says; then the end, or again from the
    /// beginning.
    case inOrder(isShuffled: Bool, stops: Bool)

    static let usual = KeyChoice.zipf(1)

    /// Reads `zipf:1.0`, `uniform`, `hot:80/20` or `sequential`; nil where it is none of them.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        switch (parts[0], parts.count) {
        case ("uniform", 1): self = .uniform
        case ("sequential", 1): self = .inOrder(isShuffled: false, stops: false)
        case ("zipf", 1): self = .usual
        case ("zipf", _):
            guard let exponent = Double(parts[1]), exponent > 0, exponent <= 10 else { return nil }
            self = .zipf(exponent)
        case ("hot", 2):
            let shares = parts[1].split(separator: "/", omittingEmptySubsequences: false).map { Double($0) ?? 0 }
            guard shares.count == 2, shares.allSatisfy({ $0 > 0 && $0 < 100 }) else { return nil }
            self = .hot(questions: shares[0] / 100, identifiers: shares[1] / 100)
        default: return nil
        }
    }

    /// Whether a seed makes a difference.
    var isRandom: Bool {
        if case .inOrder(isShuffled: false, _) = self { return false }
        return true
    }

    /// Whether the run ends with the last identifier.
    var stops: Bool {
        if case .inOrder(_, stops: true) = self { return true }
        return false
    }
}

extension KeyChoice: CustomStringConvertible {
    var description: String {
        switch self {
        case .zipf(let exponent): "zipf:\(exponent)"
        case .uniform: "uniform"
        case .hot(let questions, let identifiers): "hot:\(Self.percent(questions))/\(Self.percent(identifiers))"
        case .inOrder(let isShuffled, let stops): (isShuffled ? "shuffled" : "sequential") + (stops ? ",once" : "")
        }
    }

    private static func percent(_ share: Double) -> String {
        let tenths = (share * 1_000).rounded() / 10
        return Int(exactly: tenths).map(String.init) ?? "\(tenths)"
    }
}
