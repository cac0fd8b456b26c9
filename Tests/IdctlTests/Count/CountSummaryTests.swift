import Console
import Resolution
import ResolutionProtocol
import Testing

@testable import idctl

@Suite struct CountSummaryTests {
    private static func summary() -> CountSummary {
        var words = [UInt64](repeating: 0, count: 22)
        for class_ in 0..<6 { words[class_] = UInt64(100 * (class_ + 1)) }
        for class_ in 0..<6 { words[6 + class_] = UInt64(10 * (class_ + 1)) }
        words[13] = 1_500 << 17 | 3_661
        words[14] = 9_000 << 17 | 7_322
        words[15] = 42 << 17 | 86_399
        var totals = DayTotals(day: CountDay(number: 20_000))
        totals.byPrefix[1] = CountTotals(words: words)
        totals.repeated[.own] = 7
        totals.sources = [
            SourceTotal(
                source: QuerySource(high: 0, low: 0xFFFF_C000_0200, prefixLength: 120),
                origin: .external,
                count: 3
            ),
            SourceTotal(
                source: QuerySource(high: 0x2001_0DB8_0000_0000, low: 1, prefixLength: 128),
                origin: .probe,
                count: 9
            ),
        ]
        let rows = [PrefixRow(prefix: Array("88.118".utf8), state: .homed, number: 1)]
        return CountSummary(CountReport(totals: totals, prefixes: rows))
    }

    @Test func `received stands once for each origin class, and the two counts have their names`() throws {
        let json = Self.summary().json(withSources: true, byPrefix: true)
        let text = String(decoding: json, as: UTF8.self)
        #expect(text.ranges(of: "\"received\":").count == OriginClass.allCases.count)
        let tree = try #require(JSONTree(json))
        #expect(tree["resolution_requests"] == .word("2100"))
        #expect(tree["resolution_successes"] == .word("60"))
        #expect(tree["names"]?["resolution_successes"] == .string("解析成功响应量"))
        #expect(tree["latency"]?["outside"]?["min"]?["time"] == .string("01:01:01"))
        #expect(tree["latency"]?["outside"]?["peak"]?["queries"] == .word("42"))
        #expect(text.contains(#"{"source":"2001:db8::1","origin":"probe","queries":9},{"source":"192.0.2.0/24""#))
    }

    @Test(arguments: Language.allCases)
    func `a person reads the same figures`(language: Language) {
        let lines = Self.summary().lines(language: language, withSources: true, byPrefix: true)
        #expect(lines.contains { $0.contains("解析请求量") && $0.contains("2,100") })
        #expect(lines.contains { $0.contains("23:59:59") })
        #expect(lines.contains { $0.hasPrefix("88.118") })
    }
}
