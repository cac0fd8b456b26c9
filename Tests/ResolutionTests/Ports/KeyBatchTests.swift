import ResolutionProtocol
import Testing

@testable import Resolution

@Suite struct KeyBatchTests {
    private static func keys(of batch: borrowing KeyBatch) -> [String] {
        (0..<batch.count).map { String(decoding: [UInt8](batch.key(at: $0)), as: UTF8.self) }
    }

    @Test func keysAreFoldedAndTellTheirPrefix() {
        var batch = KeyBatch()
        let folding = IdentifierFolding(isSuffixCaseSensitive: false)
        var prefixes: [Int] = []
        for name in ["88.118.oui/abc", "88.118.8", "0.na/x", "a/"] {
            let bytes = Array(name.utf8)
            prefixes.append(batch.append(bytes.span.bytes, folding: folding))
        }
        let prefix = Array("88.118.7".utf8)
        batch.append(recordOfPrefix: prefix.span.bytes)
        let keys = Self.keys(of: batch)
        #expect(keys == ["88.118.OUI/ABC", "0.NA/88.118.8", "0.NA/X", "A/", "0.NA/88.118.7"])
        #expect(prefixes == [10, 4, 4, 1])
    }

    @Test func theLastKeyCanBeTakenBack() {
        var batch = KeyBatch()
        batch.removeLast()
        for name in ["A", "BB", "CCC"] {
            let bytes = Array(name.utf8)
            batch.append(key: bytes.span.bytes)
        }
        batch.removeLast()
        var keys = Self.keys(of: batch)
        #expect(keys == ["A", "BB"])
        let next = Array("D".utf8)
        batch.append(key: next.span.bytes)
        keys = Self.keys(of: batch)
        #expect(keys == ["A", "BB", "D"])
        batch.removeAll()
        let count = batch.count
        #expect(count == 0)
    }

    @Test func thirtyTwoOfTheLongestFit() {
        var batch = KeyBatch()
        let folding = IdentifierFolding(isSuffixCaseSensitive: false)
        for number in UInt8(0)..<32 {
            let name = [UInt8](repeating: UInt8(ascii: "A") + number % 26, count: 2_048)
            let prefixByteCount = batch.append(name.span.bytes, folding: folding)
            #expect(prefixByteCount == 4)
        }
        let keys = Self.keys(of: batch)
        #expect(keys.allSatisfy { $0.utf8.count == 2_053 })
        #expect(keys[31].hasSuffix("FFFF"))
        // Full: a further key is not taken.
        let more = Array("X".utf8)
        batch.append(key: more.span.bytes)
        let count = batch.count
        #expect(count == 32)
    }
}
