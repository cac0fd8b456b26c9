import ResolutionProtocol
import Testing

@Suite struct ASCIIFoldingTests {
    @Test func onlyTheLettersOfASCIIChange() {
        for byte in UInt8.min...UInt8.max {
            let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            #expect(ASCIIFolding.uppercased(byte) == (isLower ? byte - 32 : byte))
        }
    }

    @Test func wordsAtATimeGiveWhatBytesAtATimeGive() {
        var random = SeededRandom(printingSeedFor: #function)
        for length in 0...40 {
            for byte in UInt8.min...UInt8.max {
                // Every octet in every place, its neighbours random.
                var text = random.bytes(length)
                if length > 0 { text[Int(byte) % length] = byte }
                let folded = Self.foldedByWords(text)
                #expect(folded == text.map(ASCIIFolding.uppercased))
                #expect(folded == ASCIIFolding.uppercased(text))
            }
            let all = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 0x55) }
            #expect(Self.foldedByWords(all) == ASCIIFolding.uppercased(all))
        }
        let everything = Array(UInt8.min...UInt8.max)
        #expect(Self.foldedByWords(everything) == ASCIIFolding.uppercased(everything))
    }

    @Test func equalityFoldsASCIIAlone() {
        var random = SeededRandom(printingSeedFor: #function)
        for _ in 0..<5_000 {
            let a = random.someBytes(upTo: 20)
            var b = random.bool() ? ASCIIFolding.uppercased(a) : a
            if random.below(3) == 0, !b.isEmpty { b[random.below(b.count)] = random.number() }
            let areEqual = ASCIIFolding.areEqual(a.span.bytes, b.span.bytes)
            #expect(areEqual == (ASCIIFolding.uppercased(a) == ASCIIFolding.uppercased(b)))
            #expect(ASCIIFolding.areEqual(a[...], b[...]) == areEqual)
        }
        for (a, b) in [("k", "\u{212A}"), ("é", "É"), ("é", "e\u{301}"), ("ａ", "Ａ"), ("a", "aa")] {
            let (left, right) = (Array(a.utf8), Array(b.utf8))
            let areEqual = ASCIIFolding.areEqual(left.span.bytes, right.span.bytes)
            #expect(!areEqual, "\(a) \(b)")
        }
    }

    private static func foldedByWords(_ text: [UInt8]) -> [UInt8] {
        var writer = WireWriter(capacity: 16)
        writer.uint8(0)  // so that nothing is aligned
        writer.uppercased(text.span.bytes)
        return Array([UInt8](writer.bytes).dropFirst())
    }
}
