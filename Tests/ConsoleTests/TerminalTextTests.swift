import Console
import Testing

struct TerminalTextTests {
    @Test(
        arguments: [
            ([0x61, 0x1B, 0x5B, 0x32, 0x4A], "a\\x1B[2J"), ([0x00, 0x07, 0x7F], "\\x00\\x07\\x7F"),
            ([0x09, 0x0A, 0x0D], "\\t\\n\\r"),
            ([0xC2, 0x9B, 0x33], "\\u{009B}3"), ([0xFF, 0x41], "\\xFFA"), ([0xE4, 0xB8], "\\xE4\\xB8"),
            ([0xC0, 0x80], "\\xC0\\x80"),
            ([0xED, 0xA0, 0x80], "\\xED\\xA0\\x80"), ([0xE2, 0x80, 0xAE, 0x61], "\\u{202E}a"),
            ([0xE2, 0x81, 0xA6], "\\u{2066}"),
            ([0xEF, 0xBB, 0xBF, 0x61], "\\u{FEFF}a"), ([0xE2, 0x80, 0x8B], "\\u{200B}"),
            ([0xF3, 0xA0, 0x81, 0x81], "\\u{E0041}"),
            ([], ""), ([0x5C, 0x6E], "\\n"),
        ] as [([UInt8], String)]
    )
    func escaped(bytes: [UInt8], expected: String) {
        #expect(TerminalText.safe(bytes) == expected)
    }

    @Test(arguments: ["88.118.8/泵-7", "é", "e\u{301}", "🙂", "C:\\x", "ノード", "€"])
    func ordinaryTextStays(text: String) {
        #expect(Array(TerminalText.safe(text).utf8) == Array(text.utf8))
    }

    /// W12, C11: whatever bytes come, nothing a terminal acts upon goes out.
    @Test func randomBytesComeOutHarmless() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                // Leading and continuation bytes more often than chance would have them.
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random) : UInt8.random(in: 0x80...0xF4, using: &random)
            }
            let text = TerminalText.safe(bytes)
            let isHarmless = text.unicodeScalars.allSatisfy { scalar in
                scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && !scalar.properties.isBidiControl
            }
            #expect(isHarmless, "seed 7: \(bytes)")
        }
    }
}
