internal import ResolutionProtocol

/// A number of 64 bits for a set of values, whatever their order: the sum of one for each value's index, type and data.
///
/// Tells true values from others that come about by mistake; it is no defence against somebody who computes it.
struct ValueDigest: Hashable, Sendable {
    private(set) var sum: UInt64 = 0
    private(set) var count: UInt64 = 0

    mutating func add(index: UInt32, type: RawSpan, data: RawSpan) {
        var state = UInt64(index) &* 0x9E37_79B9_7F4A_7C15
        Self.mix(type, into: &state)
        Self.mix(data, into: &state)
        sum &+= state
        count &+= 1
    }

    /// The whole in one number.
    var word: UInt64 { (sum ^ (sum >> 29)) &* 0xBF58_476D_1CE4_E5B9 &+ count }

    private static func mix(_ span: RawSpan, into state: inout UInt64) {
        span.withUnsafeBytes { bytes in
            var position = 0
            while bytes.count - position >= 8 {
                step(bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self), &state)
                position += 8
            }
            var rest: UInt64 = 0
            while position < bytes.count {
                rest = rest << 8 | UInt64(bytes[position])
                position += 1
            }
            step(rest, &state)
            // The length parts type from data.
            step(UInt64(bytes.count), &state)
        }
    }

    private static func step(_ word: UInt64, _ state: inout UInt64) {
        let mixed = (state ^ word) &* 0x94D0_49BB_1331_11EB
        state = mixed ^ (mixed >> 32)
    }
}
