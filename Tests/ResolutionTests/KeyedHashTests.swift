import Testing

@testable import Resolution

@Suite struct KeyedHashTests {
    private static func hash(_ text: String, with hash: KeyedHash) -> UInt64 {
        let bytes = Array(text.utf8)
        return hash.hash(bytes.span.bytes)
    }

    @Test func sameKeySameHashAnotherKeyAnother() {
        let a = KeyedHash(first: 0x9E37_79B9_7F4A_7C15, second: 0xBF58_476D_1CE4_E5B9)
        let b = KeyedHash(first: 0x9E37_79B9_7F4A_7C15, second: 0xBF58_476D_1CE4_E5BB)
        for text in ["", "8", "88.118.8", "88.118.8/JXDY2106023000001"] {
            #expect(Self.hash(text, with: a) == Self.hash(text, with: a))
            #expect(Self.hash(text, with: a) != Self.hash(text, with: b))
        }
        #expect(a.hash(1, 2, 3) == a.hash(1, 2, 3))
        #expect(a.hash(1, 2, 3) != b.hash(1, 2, 3))
        #expect(Self.hash("88.118.8", with: .random()) != Self.hash("88.118.8", with: .random()))
    }

    @Test func everyByteAndTheLengthMatter() {
        let hash = KeyedHash(first: 0x9E37_79B9_7F4A_7C15, second: 0xBF58_476D_1CE4_E5B9)
        var seen: Set<UInt64> = []
        var count = 0
        for length in 0...40 {
            var bytes = [UInt8](repeating: 0, count: length)
            seen.insert(hash.hash(bytes.span.bytes))
            count += 1
            for place in 0..<length {
                bytes[place] = 1
                seen.insert(hash.hash(bytes.span.bytes))
                bytes[place] = 0
                count += 1
            }
        }
        #expect(seen.count == count)
    }

    @Test func theOrderOfWordsMatters() {
        let hash = KeyedHash(first: 0x9E37_79B9_7F4A_7C15, second: 0xBF58_476D_1CE4_E5B9)
        let values = [
            hash.hash(1, 2, 3), hash.hash(1, 3, 2), hash.hash(2, 1, 3), hash.hash(3, 2, 1), hash.hash(0, 0, 0),
        ]
        #expect(Set(values).count == 5)
    }

    @Test(arguments: [UInt64(0), 8, 16, 32, 48])
    func wordsThatCountUpSpreadWithEveryKey(shift: UInt64) {
        var random = SeededGenerator(seed: SeededGenerator.seed(for: "wordsThatCountUpSpread", or: 17))
        // 4,096 words into 8,192 buckets: the fullest of a good hash holds 6 or 7, and 12 never in this many runs.
        for _ in 0..<400 {
            let hash = KeyedHash(first: random.next(), second: random.next())
            var buckets = [UInt8](repeating: 0, count: 8_192)
            for number in UInt64(0)..<4_096 { buckets[Int(hash.hash(1, 2, number << shift) & 8_191)] &+= 1 }
            let fullest = buckets.max() ?? 0
            if fullest >= 12 {
                Issue.record("\(fullest) of 4096 words in one of 8192 buckets: \(hash)")
                return
            }
        }
    }

    @Test func namesThatCountUpSpreadWithEveryKey() {
        var random = SeededGenerator(seed: SeededGenerator.seed(for: "namesThatCountUpSpread", or: 18))
        let names = (0..<2_048).map { Array("88.118.\($0)".utf8) }
        for _ in 0..<100 {
            let hash = KeyedHash(first: random.next(), second: random.next())
            var buckets = [UInt8](repeating: 0, count: 4_096)
            for name in names { buckets[Int(hash.hash(name.span.bytes) & 4_095)] &+= 1 }
            let fullest = buckets.max() ?? 0
            if fullest >= 12 {
                Issue.record("\(fullest) of 2048 names in one of 4096 buckets: \(hash)")
                return
            }
        }
    }
}
