import Console
import Foundation
import Testing

@testable import idload

struct ResultFileTests {
    @Test func L9_aResultThatIsReadSaysWhatWasWritten() throws {
        let written = SampleRun.document()
        let read = try RunDocument(json: written.json)
        #expect(read.json == written.json)
        for language in Language.allCases { #expect(read.lines(language) == written.lines(language)) }
        #expect(read.rows == written.rows)
        #expect(read.exitCode == written.exitCode)
        #expect(read.result.tally.samples.map(\.packet) == written.result.tally.samples.map(\.packet))
    }

    @Test func L14_eachTargetOutlivesTheFile() throws {
        let written = SampleRun.ofTwoTargets()
        let read = try RunDocument(json: written.json)
        #expect(read.json == written.json)
        #expect(read.result.channels.map(\.target) == written.result.channels.map(\.target))
        #expect(read.result.channels.map(\.tally.answered) == [10_000, 1_000])
        for language in Language.allCases {
            #expect(read.lines(language) == written.lines(language))
            let page = ReportPage(document: read, language: language).text
            #expect(page.contains("tcp://127.0.0.1:2642"))
        }
        // The whole is what the targets are together.
        let text = try #require(String(validating: written.json, as: UTF8.self))
        let changed = text.replacing("\"lost\":1,", with: "\"lost\":2,")
        #expect(throws: ResultFault.wrong("targets")) { try RunDocument(json: Array(changed.utf8)) }
    }

    @Test func L7_percentilesOutliveTheFile() throws {
        let written = SampleRun.document(answered: 20_000, lost: 0)
        let read = try RunDocument(json: written.json)
        for tenths in stride(from: 1, through: 1_000, by: 37) {
            let percent = Double(tenths) / 10
            #expect(
                read.result.tally.microseconds(atPercentile: percent)
                    == written.result.tally.microseconds(atPercentile: percent)
            )
            #expect(
                read.result.tally.serviceMicroseconds(atPercentile: percent)
                    == written.result.tally.serviceMicroseconds(atPercentile: percent)
            )
        }
    }

    @Test func L9_membersOfLaterProgramsArePassedOver() throws {
        let text = try #require(String(validating: SampleRun.document().json, as: UTF8.self))
        let later = text.replacing("{\"format\":1,", with: "{\"format\":1,\"moon\":{\"phase\":[1,2]},")
        #expect(try RunDocument(json: Array(later.utf8)).json == SampleRun.document().json)
    }

    @Test(arguments: [
        ("\"format\":1,", "\"format\":2,", ResultFault.laterFormat(2)),
        ("\"format\":1,", "", .missing("format")),
        ("\"format\":1,", "\"format\":0,", .wrong("format")),
        ("\"mode\":\"open\"", "\"mode\":\"ajar\"", .wrong("mode")),
        ("\"lost\":3,", "\"lost\":-3,", .wrong("lost")),
        ("\"lost\":3,", "\"lost\":1e99,", .wrong("lost")),
        ("\"lost\":3,", "\"lost\":18446744073709551615,", .wrong("lost")),
        ("\"wrong\":2,", "\"wrong\":20000,", .wrong("wrong")),
        ("[[100,1]", "[[100,2]", .wrong("histograms.response")),
        ("[[100,1]", "[[0,1]", .wrong("histograms.response[0]")),
        ("[[100,1]", "[[61000000,1]", .wrong("histograms.response[0]")),
        ("[[100,1]", "[[100]", .wrong("histograms.response[0]")),
        ("\"packet\":\"0001feff\"", "\"packet\":\"0001fef\"", .wrong("samples[0].packet")),
        ("\"column\":\"lost\"", "\"column\":\"lust\"", .wrong("samples[1].column")),
        ("\"code 100\":2", "\"code x\":2", .wrong("faults.code x")),
        ("\"condition\":\"p99<1s\"", "\"condition\":\"p99\"", .wrong("thresholds[1].condition")),
        ("\"second\":2.0", "\"second\":\"2\"", .wrong("rows[1].second")),
        ("\"processors\":2", "\"processors\":true", .wrong("host.processors")),
    ])
    func L9_whatIsWrongInAFileIsNamed(_ found: String, _ replacement: String, _ fault: ResultFault) throws {
        let text = try #require(String(validating: SampleRun.document().json, as: UTF8.self))
        let range = try #require(text.range(of: found))
        let changed = text.replacingCharacters(in: range, with: replacement)
        #expect(throws: fault) { try RunDocument(json: Array(changed.utf8)) }
    }

    @Test func L9_everyCutOfAFileIsAnError() {
        let whole = SampleRun.document(answered: 100, seconds: 2).json
        for count in stride(from: 0, to: whole.count - 2, by: 61) {
            #expect(throws: ResultFault.self) { try RunDocument(json: Array(whole.prefix(count))) }
        }
    }

    @Test func C7_aFaultIsToldWithFileAndPlace() throws {
        let bytes = Array("{\"format\":1,\n\"a\":}".utf8)
        let path = FileManager.default.temporaryDirectory.appending(path: "idload-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(filePath: path))
        let error = #expect(throws: LoadError.self) { try ResultFile.read(path) }
        let text = try #require(error?.message.rendered(program: "idload", language: .english))
        #expect(text.contains("E-LOAD-060"))
        #expect(text.contains("\(path):2:"))
        #expect(throws: LoadError.self) { try ResultFile.read("/nowhere/at/all.json") }
        try Data(count: ResultFile.byteCountMax + 1).write(to: URL(filePath: path))
        let large = #expect(throws: LoadError.self) { try ResultFile.read(path) }
        #expect(large?.message.code == "E-FILE-001")
    }
}
