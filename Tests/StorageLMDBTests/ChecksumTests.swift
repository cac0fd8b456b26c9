import Testing

@testable import StorageLMDB

@Suite struct ChecksumTests {
    private func checksum(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
        bytes.withUnsafeBytes { Checksum.of($0, seed: seed) }
    }

    private func sample(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) } }

    @Test(arguments: [1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 290, 4_096])
    func everyFlippedBitShows(count: Int) {
        let bytes = sample(count)
        let whole = checksum(bytes)
        for bit in 0..<(count * 8) {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(checksum(flipped) != whole, "bit \(bit) of \(count) bytes")
        }
    }

    @Test func lengthOrderSeedAndZerosShow() {
        var seen: Set<UInt64> = []
        for count in 0...300 { seen.insert(checksum([UInt8](repeating: 0, count: count))) }
        #expect(seen.count == 301)
        let bytes = sample(290)
        for place in 0..<289 {
            var swapped = bytes
            swapped.swapAt(place, place + 1)
            #expect(checksum(swapped) != checksum(bytes), "bytes \(place) and \(place + 1)")
        }
        #expect(Set((0..<1_000).map { checksum(bytes, seed: $0) }).count == 1_000)
    }

    /// The format of the file: these numbers may not change without a new format version.
    @Test func valuesAreThoseOfTheFormat() {
        let values = [0, 3, 16, 290].map { checksum(sample($0), seed: 7) }
        #expect(values == ChecksumTests.formatValues, "\(values)")
    }

    private static let formatValues: [UInt64] = [
        2_432_009_146_779_451_303, 1_020_284_417_318_584_168, 11_422_243_712_400_971_185, 7_549_131_851_016_810_879,
    ]
}
