import Console
import Foundation
import FoundationXML
import Testing

@testable import idload

/// What a page has, as a reader of XML sees it.
private final class PageReader: NSObject, XMLParserDelegate {
    private(set) var figures: [String: String] = [:]
    private(set) var elementCounts: [String: Int] = [:]
    private(set) var text = ""
    private(set) var places: [Double] = []

    /// Reads a page; nil where it is not well formed.
    init?(_ page: String) {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        guard parser.parse() else { return nil }
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        elementCounts[name, default: 0] += 1
        if name == "data", let id = attributes["id"] { figures[id] = attributes["value"] }
        if let points = attributes["points"] {
            places += points.split { $0 == " " || $0 == "," }.compactMap { Double($0) }
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}

struct ReportPageTests {
    @Test(arguments: Language.allCases, [3 as UInt64, 0, 4_000])
    func L9_allOutputsHaveTheSameFigures(_ language: Language, _ lost: UInt64) throws {
        let document = SampleRun.document(lost: lost)
        let page = try #require(PageReader(ReportPage(document: document, language: language).text))
        let json = try #require(try JSONSerialization.jsonObject(with: Data(document.json)) as? [String: Any])
        #expect(page.figures.count == document.counts.count + 2 * LatencyHistogram.percentiles.count)
        for (key, figure) in page.figures {
            let number = json[key] as? NSNumber
            #expect(figure == number?.stringValue ?? "inf", "\(key)")
        }
        // The same words as in the text.
        let lines = document.lines(language).joined(separator: "\n")
        for line in document.times {
            for microseconds in line.microseconds {
                #expect(lines.contains(document.timeText(microseconds)))
                #expect(page.text.contains(document.timeText(microseconds)))
            }
        }
        for fact in ["idload --id <&>", "idload 1", "Linux <6>, 2 × x86_64 P & Q, 5120 MiB"] {
            #expect(page.text.contains(fact))
            #expect(lines.contains(fact))
        }
    }

    @Test func L9_rowsOfAllOutputsAddUpToTheWhole() throws {
        let document = SampleRun.document()
        let json = try #require(try JSONSerialization.jsonObject(with: Data(document.json)) as? [String: Any])
        let rows = try #require(json["rows"] as? [[String: Any]])
        #expect(rows.count == 4)
        let places = Dictionary(uniqueKeysWithValues: SecondsFile.columns.enumerated().map { ($1, $0) })
        for column in ["sent", "answered", "lost", "wrong"] {
            let place = try #require(places[column])
            let fromCSV = document.rows.map { row in
                let fields = SecondsFile.row(row).split(separator: ",", omittingEmptySubsequences: false)
                return UInt64(fields[place]) ?? 0
            }
            let fromJSON = rows.map { ($0[column] as? NSNumber)?.uint64Value ?? 0 }
            #expect(fromCSV == fromJSON)
            #expect(fromJSON.reduce(0, +) == (json[column] as? NSNumber)?.uint64Value)
        }
        for (row, fields) in zip(document.rows, rows) {
            for ((name, _), time) in zip(SecondRow.percentiles, row.times) {
                guard case .microseconds(let microseconds) = time else { continue }
                #expect((fields[name] as? NSNumber)?.uint64Value == microseconds)
            }
        }
    }

    @Test func L9_theDistributionHasTheFiguresOfTheTable() throws {
        let document = SampleRun.document(lost: 0)
        let tally = document.result.tally
        let text = PercentileText.text(tally.response, lost: 0, facts: document.facts)
        let lines = text.split(separator: "\n")
        #expect(lines[0].split(separator: " ") == ["Value", "Percentile", "TotalCount", "1/(1-Percentile)"])
        let rows = lines.dropFirst().filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: " ").compactMap { Double($0) }
        }
        for (percent, share) in [(50.0, 0.5), (90, 0.9), (95, 0.95), (100, 1)] {
            let row = try #require(rows.last { abs($0[1] - share) < 1e-9 })
            #expect(UInt64(row[0]) == tally.microseconds(atPercentile: percent))
        }
        #expect(rows.last?[2] == 10_000)
        #expect(rows.last?.count == 3)
        // It never goes back, and what is written of a share is true.
        for (one, next) in zip(rows, rows.dropFirst()) {
            #expect(one[0] <= next[0] && one[1] <= next[1] && one[2] <= next[2])
        }
        #expect(rows.allSatisfy { $0[2] / 10_000 >= $0[1] - 1e-9 })
        #expect(text.contains("#[Max     =    10099.000, Total count    =        10000]"))
        #expect(text.contains("# seed: 7"))
    }

    @Test func L3_aDistributionEndsWhereTheLostBegin() throws {
        let tally = SampleRun.document(lost: 10_000).result.tally
        let points = PercentilePoint.points(of: tally.response, lost: tally.lost)
        #expect(points.last?.share == 0.5)
        #expect(points.last?.count == 10_000)
        #expect(PercentilePoint.points(of: LatencyHistogram(), lost: 5).isEmpty)
    }

    @Test(arguments: Language.allCases)
    func L9_thePageNeedsNothingElseAndActsUponNobody(_ language: Language) throws {
        let text = ReportPage(document: SampleRun.document(), language: language).text
        for part in ["<script", "src=", "href=", "http:", "https:", "@import", "url(", "\u{1B}", "<b>"] {
            #expect(!text.contains(part), "\(part)")
        }
        let page = try #require(PageReader(text))
        #expect(page.elementCounts["svg"] == 4)
        #expect(page.places.count > 100)
        #expect(page.places.allSatisfy { $0 >= 0 && $0 <= 900 })
        #expect(page.text.contains(language == .chinese ? "达到" : "met"))
    }

    @Test func L10_whatWasNotMetAndWhatDoesNotCountStandsAtTheTop() throws {
        let document = SampleRun.limited(conditions: ["p99<1us"])
        for language in Language.allCases {
            let text = ReportPage(document: document, language: language).text
            let banners = text.split(separator: "<h2>")[0]
            #expect(banners.contains("p99&lt;1us"))
            #expect(banners.contains("1,234"))
            #expect(banners.contains(language == .chinese ? "受本工具限制" : "GENERATOR-LIMITED"))
        }
    }

    @Test func L9_aRunWithoutAnswersHasAPage() throws {
        var document = SampleRun.silent()
        let page = try #require(PageReader(ReportPage(document: document, language: .english).text))
        #expect(page.elementCounts["svg"] == nil)
        document.rows = [SecondRow(LoadSecond())]
        #expect(PageReader(ReportPage(document: document, language: .english).text) != nil)
    }

    @Test func L9_axesHaveFewLinesWithRoundNumbers() {
        #expect(ChartAxis.counts(to: 0).ticks.map(\.label) == ["0", "1"])
        #expect(ChartAxis.counts(to: 2_000).ticks.map(\.value) == [0, 500, 1_000, 1_500, 2_000])
        #expect(ChartAxis.counts(to: 1_000_001).upper == 1_500_000)
        for end in [0.1, 1, 7, 14, 59, 600, 3_600, 86_400, 1e6] {
            #expect((2...12).contains(ChartAxis.time(to: end).ticks.count), "\(end)")
        }
        let axis = ChartAxis.microseconds(from: 32, to: 62_000)
        #expect(axis.lower == 10)
        #expect(axis.upper == 100_000)
        #expect(axis.place(of: 1_000) == 0.5)
        #expect(axis.place(of: 1e9) == 1)
    }
}
