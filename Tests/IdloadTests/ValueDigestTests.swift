import Testing

@testable import idload

struct ValueDigestTests {
    private func digest(_ values: [(UInt32, String, String)]) -> UInt64 {
        var digest = ValueDigest()
        for (index, type, data) in values {
            let (type, data) = (Array(type.utf8), Array(data.utf8))
            digest.add(index: index, type: type.span.bytes, data: data.span.bytes)
        }
        return digest.word
    }

    @Test func orderDoesNotMatterAndAllElseDoes() {
        let whole = digest([(1, "URL", "a"), (2, "DESC", "long enough for two words")])
        #expect(whole == digest([(2, "DESC", "long enough for two words"), (1, "URL", "a")]))
        let others: [[(UInt32, String, String)]] = [
            [], [(1, "URL", "a")], [(1, "URL", "b"), (2, "DESC", "long enough for two words")],
            [(3, "URL", "a"), (2, "DESC", "long enough for two words")],
            [(1, "URLa", ""), (2, "DESC", "long enough for two words")],
            [(1, "URL", "a"), (2, "DESC", "long enough for two wordz")],
            [(1, "URL", "a"), (1, "URL", "a"), (2, "DESC", "long enough for two words")],
        ]
        for other in others { #expect(digest(other) != whole) }
    }
}
