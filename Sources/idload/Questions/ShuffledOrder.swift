/// A permutation of 0..<count that a seed repeats, without memory: a Feistel network of four rounds over a power of
/// four, walked along its cycle until it comes back below `count` (Black and Rogaway, 2002).
struct ShuffledOrder: Sendable {
    private let count: UInt64
    private let halfBits: UInt64
    private let keys: (UInt64, UInt64, UInt64, UInt64)

    init(count: Int, seed: UInt64) {
        self.count = UInt64(max(1, count))
        var bits: UInt64 = 1
        while bits < 31, self.count > 1 << (2 * bits) { bits += 1 }
        halfBits = bits
        var numbers = SeededNumbers(seed: seed)
        keys = (numbers.next(), numbers.next(), numbers.next(), numbers.next())
    }

    /// Where the order has `position`, which is below the count.
    subscript(position: Int) -> Int {
        var place = UInt64(position)
        // A cycle leads back to where it began, which is below the count: it ends, after four steps on average at most.
        repeat { place = mixed(place) } while place >= count
        return Int(place)
    }

    private var mask: UInt64 { (1 << halfBits) - 1 }

    private func mixed(_ place: UInt64) -> UInt64 {
        var left = place >> halfBits
        var right = place & mask
        (left, right) = (right, left ^ round(right, keys.0))
        (left, right) = (right, left ^ round(right, keys.1))
        (left, right) = (right, left ^ round(right, keys.2))
        (left, right) = (right, left ^ round(right, keys.3))
        return left << halfBits | right
    }

    private func round(_ half: UInt64, _ key: UInt64) -> UInt64 {
        var numbers = SeededNumbers(seed: half ^ key)
        return numbers.next() & mask
    }
}
