import Glibc
import RecordFiles
import Testing

@Suite struct SpreadsheetBoundsTests {
    private static let header = SampleSpreadsheet.row(1, ["identifier", "1:URL"])

    private func fault(_ sample: SampleSpreadsheet) throws -> SpreadsheetFault? {
        try fault(sample.bytes())
    }

    private func fault(_ bytes: [UInt8]) -> SpreadsheetFault? { Self.fault(bytes) }

    private static func fault(_ bytes: [UInt8]) -> SpreadsheetFault? {
        do {
            _ = try ReadAll(SpreadsheetReader(bytes: bytes))
            return nil
        } catch RecordFileError.spreadsheet(let fault) {
            return fault
        } catch {
            Issue.record("another error: \(error)")
            return nil
        }
    }

    @Test("B8: parts that expand a thousandfold are refused, in bounded memory")
    func expansion() async {
        // In a child process: the peak of this one is that of all tests that run beside.
        await #expect(processExitsWith: .success) { try SpreadsheetBoundsTests.expectBoundedMemory() }
    }

    private static func expectBoundedMemory() throws {
        let blank = String(repeating: " ", count: 64 << 20)
        let before = peakKiB()
        var sample = SampleSpreadsheet()
        sample.rows = header + blank + SampleSpreadsheet.row(2, ["a/1", "x"])
        #expect(try fault(sample.bytes()) == .expandsTooFar)
        sample.rows = header + SampleSpreadsheet.row(2, ["a/1", "x"])
        sample.sharedItems = "<si><t>\(blank)</t></si>"
        #expect(try fault(sample.bytes()) == .expandsTooFar)
        sample.sharedItems = nil
        sample.styles = blank
        #expect(try fault(sample.bytes()) == .expandsTooFar)
        // The samples themselves are in memory as well, a few times over.
        #expect(peakKiB() - before < 600 << 10)
    }

    @Test("B8: document types, and with them nested and external entities, are refused")
    func entities() throws {
        var sample = SampleSpreadsheet()
        sample.rows = Self.header + SampleSpreadsheet.row(2, ["a/1", "x"])
        for declaration in [
            "<!DOCTYPE worksheet>", "<!DOCTYPE worksheet SYSTEM \"file:///etc/passwd\">",
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
            "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>",
        ] {
            sample.prologue = declaration
            #expect(try fault(sample) == .hasDocumentType)
        }
        sample.prologue = ""
        sample.rows = Self.header + SampleSpreadsheet.row(2, ["a/1", "&a;"])
        #expect(try fault(sample) == .damaged)
    }

    @Test("B8: an encrypted spreadsheet is refused, and what is no spreadsheet")
    func encrypted() throws {
        var sample = SampleSpreadsheet()
        sample.rows = Self.header
        sample.password = "secret"
        #expect(try fault(sample) == .encrypted)
        #expect(fault(Array("identifier,1:URL\n".utf8)) == .notASpreadsheet)
        #expect(fault([]) == .notASpreadsheet)
        // An old .xls, and a new one with a password, are OLE files.
        #expect(
            fault([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 4_096))
                == .notASpreadsheet
        )
    }

    @Test("B8: an archive that says it has a million files is refused before memory is reserved for them")
    func entryCount() throws {
        var sample = SampleSpreadsheet()
        sample.rows = Self.header
        let whole = try sample.bytes()
        // A 64-bit record of the end and its locator stand before the old one, of 22 bytes.
        func number(_ value: Int) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        let end = whole.count - 22
        func bytes(entryCount: Int) -> [UInt8] {
            let counts = number(entryCount) + number(entryCount)
            let record = [0x50, 0x4B, 6, 6] + number(44) + [45, 0, 45, 0] + Array(repeating: 0, count: 8) + counts
            let locator = [0x50, 0x4B, 6, 7, 0, 0, 0, 0] + number(end) + [1, 0, 0, 0]
            return whole[..<end] + record + number(1 << 30) + number(0) + locator + whole[end...]
        }
        #expect(fault(bytes(entryCount: 1_000_000)) == .tooLarge)
        #expect(fault(bytes(entryCount: Int(bitPattern: UInt.max))) == .tooLarge)
        #expect(fault(bytes(entryCount: 3)) == .notASpreadsheet)
    }

    @Test("B8: texts over the bound, deep nesting and endless tags are refused")
    func bounds() throws {
        var sample = SampleSpreadsheet()
        sample.isStored = true
        sample.rows = Self.header
        let item = "<si><t>\(String(repeating: "x", count: 1 << 20))</t></si>"
        sample.sharedItems = String(repeating: item, count: SpreadsheetLimits.sharedByteCountMax >> 20)
        #expect(try fault(sample) == nil)
        sample.sharedItems? += item
        #expect(try fault(sample) == .tooLarge)
        sample.sharedItems = nil
        sample.rows = Self.header + String(repeating: "<a>", count: 100)
        #expect(try fault(sample) == .tooLarge)
        sample.rows = Self.header + "<!--\(String(repeating: "x", count: 8 << 20))-->"
        #expect(try fault(sample) == .tooLarge)
    }

    @Test(
        "Sheets that are not well-formed are refused",
        arguments: [
            "<row r=\"1\"><c r=\"A1\">", "<row r=\"0\"/>", "<row r=\"2\"/><row r=\"2\"/>", "<c r=\"A1\"/>",
            "<row r=\"2\"><c r=\"B2\"/><c r=\"A2\"/></row>", "<row r=\"2\"><c r=\"ZZZZ2\"/></row>",
            "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c></row>",
            "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>x</v></c></row>",
            "<row r=\"2\"><row r=\"3\"/></row>", "<row r=\"2\"><c r=\"A2\"><c r=\"B2\"/></c></row>", "</x>", "\u{1}",
        ]
    )
    func malformed(rows: String) throws {
        var sample = SampleSpreadsheet()
        sample.rows = Self.header + rows
        #expect(try fault(sample) == .damaged)
    }

    @Test("B8: any damage to a spreadsheet is refused or changes cells; what is cut short is refused; nothing traps")
    func damage() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(state: seed)
        var sample = SampleSpreadsheet()
        sample.sharedItems = "<si><t>x</t></si>"
        sample.styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"
        sample.rows =
            Self.header + SampleSpreadsheet.row(2, ["a/1", "x"]) + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c></row>"
        for isStored in [true, false] {
            sample.isStored = isStored
            let whole = try sample.bytes()
            for _ in 0..<2_000 {
                var bytes = whole
                for _ in 0...Int.random(in: 0...3, using: &generator) {
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                        in: 0...255,
                        using: &generator
                    )
                }
                let cut = Bool.random(using: &generator) ? Int.random(in: 0..<bytes.count, using: &generator) : 0
                bytes.removeLast(cut)
                let read = try? ReadAll(SpreadsheetReader(bytes: bytes))
                #expect(cut == 0 || read == nil, "\(cut) bytes cut, seed \(seed)")
            }
        }
    }

    private static func peakKiB() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
    }
}
