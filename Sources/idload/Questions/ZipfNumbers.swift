internal import Glibc

/// Numbers 0..<count, number r−1 in proportion to 1/rˢ: rejection-inversion (Hörmann and Derflinger, 1996).
///
/// Takes the same time and memory whatever the count: 1.1 draws or fewer on average.
struct ZipfNumbers: Sendable {
    /// Draws for one number; so many refusals in a row do not come about.
    private static let drawCountMax = 64

    private let count: Double
    private let exponent: Double
    private let areaLeft: Double
    private let areaRight: Double
    private let shortcut: Double

    /// `count` and `exponent` are above 0.
    init(count: Int, exponent: Double) {
        self.count = Double(count)
        self.exponent = exponent
        areaLeft = Self.area(1.5, exponent) - 1
        areaRight = Self.area(Double(count) + 0.5, exponent)
        shortcut = 2 - Self.place(ofArea: Self.area(2.5, exponent) - Self.height(2, exponent), exponent)
    }

    func next(_ numbers: inout SeededNumbers) -> Int {
        for _ in 0..<Self.drawCountMax {
            let area = areaRight + numbers.fraction() * (areaLeft - areaRight)
            let place = Self.place(ofArea: area, exponent)
            let rank = min(count, max(1, (place + 0.5).rounded(.down)))
            if rank - place <= shortcut
                || area >= Self.area(rank + 0.5, exponent) - Self.height(rank, exponent)
            {
                return Int(rank) - 1
            }
        }
        return 0
    }

    /// The curve 1/xˢ.
    private static func height(_ x: Double, _ exponent: Double) -> Double { exp(-exponent * log(x)) }

    /// The area under it up to `x`, as ln x where the exponent is 1.
    private static func area(_ x: Double, _ exponent: Double) -> Double {
        let logarithm = log(x)
        return expm1Ratio((1 - exponent) * logarithm) * logarithm
    }

    /// The inverse of `area`.
    private static func place(ofArea area: Double, _ exponent: Double) -> Double {
        // Rounding may step over the edge, beyond which there is no logarithm.
        let term = max(-1, area * (1 - exponent))
        return exp(log1pRatio(term) * area)
    }

    /// (eˣ − 1)/x, and its series where x is near 0.
    private static func expm1Ratio(_ x: Double) -> Double {
        abs(x) > 1e-8 ? expm1(x) / x : 1 + x / 2 * (1 + x / 3 * (1 + x / 4))
    }

    /// ln(1 + x)/x, and its series where x is near 0.
    private static func log1pRatio(_ x: Double) -> Double {
        abs(x) > 1e-8 ? log1p(x) / x : 1 - x * (0.5 - x * (1.0 / 3 - x / 4))
    }
}
