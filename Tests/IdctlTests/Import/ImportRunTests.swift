import Console
import Resolution
import StorageLMDB
import Testing

@testable import idctl

@Suite struct ImportRunTests {
    private static let header = "identifier,1:URL,2:DESC\n"

    private static func rows(_ range: ClosedRange<Int>, url: String = "https://example.org/") -> String {
        range.map { "88.118.1/part-\($0),\(url)\($0),part number \($0)\n" }.joined()
    }

    @Test func `new records are created, and importing them again changes nothing`() throws {
        let node = try TestNode(homing: ["88.118.1"])
        let text = Self.header + Self.rows(1...500)
        let first = try node.importing(text, as: "parts.csv")
        #expect(first.tally == ImportTally(readCount: 500, createdCount: 500))
        #expect(first.exit == .done)
        #expect(first.verification?.lookedUpCount == 500)
        #expect(first.verification?.wrong == [])
        let second = try node.importing(text, as: "parts.csv")
        #expect(second.tally == ImportTally(readCount: 500, unchangedCount: 500))
        #expect(node.folder.read("parts.csv.rejects.csv") == nil)
    }

    @Test func `an identifier with other values is refused unless it is to be updated`() throws {
        let node = try TestNode(homing: ["88.118.1"])
        _ = try node.importing(Self.header + Self.rows(1...3), as: "parts.csv")
        let changed = Self.header + Self.rows(1...4, url: "https://example.com/")
        let refused = try node.importing(changed, as: "parts.csv")
        #expect(refused.tally == ImportTally(readCount: 4, createdCount: 1, rejectedCount: 3))
        #expect(refused.exit == .partlyDone)
        #expect(refused.faults.sorted.map(\.code) == ["E-IMPORT-102"])
        let updated = try node.importing(changed, as: "parts.csv") { $0.policy = .overwrite }
        #expect(updated.tally == ImportTally(readCount: 4, changedCount: 3, unchangedCount: 1))
        #expect(try node.exporting(keyPrefix: "88.118.1/").text.contains("https://example.com/2"))
    }

    @Test func `every refused row is in the rejects file once, and the corrected file imports`() throws {
        let node = try TestNode(homing: ["88.118.1"])
        let text =
            Self.header + Self.rows(1...2) + "88.999/foreign,https://example.org/,x\n/none,https://example.org/,x\n"
            + "8.81E+10,https://example.org/,x\n88.118.1/PART-1,https://example.org/other,x\n"
        let result = try node.importing(text, as: "parts.csv")
        #expect(result.tally == ImportTally(readCount: 6, createdCount: 2, rejectedCount: 4))
        #expect(result.rejectsPath == node.folder.file("parts.csv.rejects.csv"))
        let rejects = try #require(node.folder.read("parts.csv.rejects.csv"))
        let codes = rejects.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
        #expect(codes == ["E-IMPORT-100", "E-IMPORT-101", "E-IMPORT-011", "E-IMPORT-103"])
        #expect(rejects.contains("row 6, line 7: the identifier stands in row 1 already"))
        let corrected = rejects.replacing("88.999/", with: "88.118.1/").replacing("/none", with: "88.118.1/none")
            .replacing("8.81E+10", with: "88.118.1/ten").replacing("PART-1", with: "part-9")
            .replacing("88.11888.118.1", with: "88.118.1")
        let again = try node.importing(corrected, as: "corrected.csv")
        #expect(again.tally.createdCount == 4, "\(again.faults.sorted)")
    }

    @Test func `a dry run says what an import would do, and does nothing`() throws {
        let node = try TestNode(homing: ["88.118.1"])
        _ = try node.importing(Self.header + Self.rows(1...40), as: "parts.csv")
        let text =
            Self.header + Self.rows(1...30) + Self.rows(31...40, url: "https://example.com/") + Self.rows(41...60)
            + Self.rows(60...60)
        let dry = try node.importing(text, as: "more.csv") { $0.isDryRun = true }
        #expect(dry.tally == ImportTally(readCount: 61, createdCount: 20, unchangedCount: 30, rejectedCount: 11))
        let real = try node.importing(text, as: "more.csv")
        #expect(real.tally == dry.tally)
        #expect(real.faults.sorted == dry.faults.sorted)
    }

    @Test func `too many refused rows stop the import before anything is written`() throws {
        let node = try TestNode(homing: ["88.118.1"])
        let foreign = (1...20).map { "88.999/\($0),https://example.org/,x\n" }.joined()
        let text = Self.header + Self.rows(1...10) + foreign
        let result = try node.importing(text, as: "parts.csv") { $0.rejectLimit = .count(5) }
        #expect(result.wasStopped)
        #expect(result.tally.createdCount == 0)
        #expect(result.tally.notAttemptedCount == result.tally.readCount - result.tally.rejectedCount)
        #expect(try node.exporting(keyPrefix: "88.118.1/").counts.written == 0)
    }

    @Test func `prefixes that are not known are homed when that is wanted`() throws {
        let node = try TestNode(homing: [])
        let result = try node.importing(Self.header + Self.rows(1...5), as: "parts.csv") { $0.homesPrefixes = true }
        #expect(result.tally.createdCount == 5)
        let store = try node.open()
        #expect(try store.prefixRows().map { String(decoding: $0.prefix, as: UTF8.self) } == ["88.118.1"])
        store.close()
    }

    @Test func `the summary adds up in both languages`() throws {
        var result = ImportResult()
        result.tally = ImportTally(readCount: 1_010, createdCount: 1_000, unchangedCount: 5, rejectedCount: 3)
        #expect(
            result.summary(language: .english).hasPrefix(
                "1,010 read = 1,000 created + 0 changed + 5 unchanged + 3 rejected + 2 not attempted"
            )
        )
        #expect(
            result.summary(language: .chinese).hasPrefix(
                "读取 1,010 = 新建 1,000 + 修改 0 + 未变 5 + 拒绝 3 + 未处理 2"
            )
        )
    }
}
