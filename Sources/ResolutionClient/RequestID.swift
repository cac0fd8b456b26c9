/// The number by which an answer is matched to its request (wire.md §8).
package enum RequestID {
    /// A number of 31 bits that is not 0 and cannot be guessed.
    package static func random() -> UInt32 {
        UInt32.random(in: 1...0x7FFF_FFFF)
    }
}
