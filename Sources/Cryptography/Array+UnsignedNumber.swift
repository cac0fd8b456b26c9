/// What can be said of an unsigned big-endian number without making one of the library's.
extension [UInt8] {
    /// How many bits the number has, leading zeros aside; 0 for nothing and for zero.
    var unsignedBitCount: Int {
        guard let first = firstIndex(where: { $0 != 0 }) else { return 0 }
        return (count - first) * 8 - self[first].leadingZeroBitCount
    }

    var isOddNumber: Bool { last.map { $0 & 1 == 1 } ?? false }

    /// The same number in exactly `byteCount` bytes; nil when it needs more.
    func unsigned(byteCount: Int) -> [UInt8]? {
        let digits = drop { $0 == 0 }
        guard digits.count <= byteCount else { return nil }
        return [UInt8](repeating: 0, count: byteCount - digits.count) + digits
    }
}
