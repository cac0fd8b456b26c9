import Console
import Testing

@testable import idload

/// A result file may say anything: it is refused, or everything can be done with it.
struct ForeignResultTests {
    private static let replacements = [
        "0", "1e300", "0.000000001", "1000000000000000", "18446744073709551615", "-1", "null",
    ]

    @Test func L9_everyNumberOfAFileMayBeAnyOther() throws {
        let original = SampleRun.ofTwoTargets(answered: 20, seconds: 2)
        let bytes = original.json
        var readCount = 0
        for range in Self.numbers(in: bytes) {
            for replacement in Self.replacements {
                let changed = bytes[..<range.lowerBound] + Array(replacement.utf8) + bytes[range.upperBound...]
                guard let document = try? RunDocument(json: Array(changed)) else { continue }
                readCount += 1
                Self.use(document, with: original)
            }
        }
        #expect(readCount > 200)
    }

    /// Does with a result whatever the program does.
    private static func use(_ document: RunDocument, with original: RunDocument) {
        #expect(!document.json.isEmpty)
        #expect(!document.lines(.english).isEmpty)
        #expect(ReportPage(document: document, language: .chinese).text.hasSuffix("</html>\n"))
        let tally = document.result.tally
        #expect(!PercentileText.text(tally.response, lost: tally.lost, facts: document.facts).isEmpty)
        let comparison = Comparison(before: document, after: original, timeShare: 0.1)
        #expect(!comparison.lines(.english, names: ("a", "b")).isEmpty)
        #expect(!comparison.json(names: ("a", "b")).isEmpty)
        let merged = Merging([original, document])?.merged(original.facts)
        #expect(merged.map { !$0.json.isEmpty } == true)
    }

    /// Where numbers stand outside of texts.
    private static func numbers(in bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start: Int?
        var isText = false
        for (place, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\"") { isText.toggle() }
            let isDigit = !isText && (byte == UInt8(ascii: ".") || (0x30...0x39).contains(byte))
            if isDigit, start == nil { start = place }
            if !isDigit, let begun = start {
                ranges.append(begun..<place)
                start = nil
            }
        }
        return ranges
    }
}
