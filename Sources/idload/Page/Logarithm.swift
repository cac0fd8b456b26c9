internal import Glibc

/// Powers of ten.
enum Logarithm {
    static func ten(_ value: Double) -> Double { log10(value) }

    /// The greatest power of ten that is not above a number of at least 1.
    static func powerOfTen(atMost value: Double) -> Double {
        var power = 1.0
        while power * 10 <= value, power < 1e18 { power *= 10 }
        return power
    }

    /// The least power of ten that is not below a number of at least 1.
    static func powerOfTen(atLeast value: Double) -> Double {
        let power = powerOfTen(atMost: value)
        return power < value ? power * 10 : power
    }
}
