import Foundation
import RecordFiles
import Testing

@Suite struct SpreadsheetReaderTests {
    private func read(_ sample: SampleSpreadsheet, sheet: String? = nil) throws -> ReadAll {
        try ReadAll(SpreadsheetReader(bytes: try sample.bytes(), sheet: sheet))
    }

    private static let header = SampleSpreadsheet.row(1, ["identifier", "1:URL", "2:DESC"])

    @Test("WIDE: shared, inline and rich texts, numbers as their digits, truths; rows and columns left out")
    func wide() throws {
        var sample = SampleSpreadsheet()
        sample.sharedItems =
            "<si><t>标识</t></si><si><r><t>1:</t></r><r><rPr/><t>URL</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></si>"
            + "<si><t>2000:maker</t></si><si><t xml:space=\"preserve\"> a \"b\", &lt;c&gt;_x000D_\n_x005F_x0041_ </t></si>"
        sample.rows = """
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="D2" t="s"><v>2</v></c></row>
            """
        // A column without a name is refused; one without a header and without cells is not there.
        #expect(throws: RecordFileError.unknownColumn("")) { try read(sample) }
        sample.rows = """
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c></row>
            <row r="3"><c r="A3"><v></v></c><c r="B3" s="1"/></row>
            <row r="7"><c r="A7" t="inlineStr"><is><t>a/1</t></is></c><c r="C7" t="s"><v>3</v></c><c r="E7"/></row>
            <row><c><v>881180001</v></c><c><v>0.10000000000000001</v></c><c t="b"><v>1</v></c></row>
            <row r="12"><c r="A12" t="str"><v>a/3</v></c><c r="B12"><v>8.81E+10</v></c></row>
            """
        for isStored in [true, false] {
            sample.isStored = isStored
            let found = try read(sample)
            #expect(
                found.records == [
                    PlainRecord("a/1", [text(2_000, "maker", " a \"b\", <c>\r\n_x0041_ ")]),
                    PlainRecord("881180001", [text(1, "URL", "0.10000000000000001"), text(2_000, "maker", "TRUE")]),
                    PlainRecord("a/3", [text(1, "URL", "8.81E+10")]),
                ]
            )
            #expect(found.places.map(\.line) == [7, 8, 12] && found.places.map(\.row) == [1, 2, 3])
            #expect(found.errors == [])
        }
    }

    @Test("LONG: adjacent rows of one identifier are one record, as in CSV")
    func long() throws {
        var sample = SampleSpreadsheet()
        sample.rows =
            SampleSpreadsheet.row(1, ["index", "identifier", "type", "data", "format"])
            + SampleSpreadsheet.row(2, ["1", "a/1", "URL", "x\ny", ""])
            + SampleSpreadsheet.row(4, ["2", "a/1", "BIN", "AP8=", "base64"])
            + SampleSpreadsheet.row(5, ["x", "a/2", "T", "", ""]) + SampleSpreadsheet.row(6, ["2", "a/2", "T", "", ""])
            + SampleSpreadsheet.row(9, ["1", "a/3", "T", "", ""])
        let found = try read(sample)
        let binary = PlainRecord.Value(index: 2, type: "BIN", data: [0, 255])
        #expect(
            found.records == [
                PlainRecord("a/1", [text(1, "URL", "x\ny"), binary]), PlainRecord("a/3", [text(1, "T", "")]),
            ]
        )
        #expect(found.codes == [.badIndex] && found.errors.map(\.line) == [5] && found.errors.map(\.row) == [3])
        #expect(found.rejectedRowCount == 2 && found.places.map(\.line) == [2, 9])
    }

    @Test("B8: a cell that is no text refuses its row, with row and column, and no other", arguments: cells)
    func badCell(cell: String, code: RowErrorCode) throws {
        var sample = SampleSpreadsheet()
        sample.styles = """
            <numFmts><numFmt numFmtId="164" formatCode="&quot;d&quot;0.0"/><numFmt numFmtId="165" formatCode="[$-804]yyyy\\-mm;@"/>\
            </numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/><xf numFmtId="164"/></cellXfs>
            """
        sample.rows =
            Self.header + SampleSpreadsheet.row(2, ["a/1", "x", ""])
            + "<row r=\"5\"><c r=\"A5\" t=\"inlineStr\"><is><t>a/2</t></is></c>\(cell)</row>"
            + SampleSpreadsheet.row(6, ["a/3", "x", ""])
        let found = try read(sample)
        #expect(found.identifiers == ["a/1", "a/3"])
        #expect(found.codes == [code] && found.errors[0].row == 2 && found.errors[0].line == 5)
        #expect(found.errors[0].column == (code == .wrongColumnCount ? "" : "2:DESC"))
        let rejects = String(decoding: found.rejects, as: UTF8.self)
        #expect(rejects.hasPrefix("row,code,message,identifier,1:URL,2:DESC\n2,\(code.rawValue),\""))
        #expect(try ReadAll(rejects, .csv).rowCount == 1)
    }

    static let cells: [(String, RowErrorCode)] = [
        ("<c r=\"C5\"><f>1+1</f><v>2</v></c>", .formulaCell), ("<c r=\"C5\"><f/></c>", .formulaCell),
        ("<c r=\"C5\" t=\"e\"><v>#REF!</v></c>", .errorCell), ("<c r=\"C5\" t=\"d\"><v>2021-01-14</v></c>", .dateCell),
        ("<c r=\"C5\" s=\"1\"><v>44210</v></c>", .dateCell), ("<c r=\"C5\" s=\"2\"><v>44210.5</v></c>", .dateCell),
        ("<c r=\"C5\" s=\"0\"><v>1</v></c><c r=\"XFD5\" s=\"3\"><v>1</v></c>", .wrongColumnCount),
    ]

    @Test("B8: an identifier that lost digits is refused; a value keeps the digits that the file has")
    func lostDigits() throws {
        var sample = SampleSpreadsheet()
        let numbers = ["88118", "8.81E+10", "88.117999999999995", "1234567890123456", "123456789012345", "0.1"]
        sample.rows = Self.header
        for (position, number) in numbers.enumerated() {
            let row = position + 2
            sample.rows +=
                "<row r=\"\(row)\"><c r=\"A\(row)\"><v>\(number)</v></c><c r=\"B\(row)\"><v>\(number)</v></c></row>"
        }
        let found = try read(sample)
        #expect(found.identifiers == ["88118", "123456789012345", "0.1"])
        #expect(found.codes == [.identifierIsNumber, .identifierIsNumber, .identifierIsNumber])
        #expect(found.errors.map(\.line) == [3, 4, 5] && found.errors[0].column == "identifier")
    }

    @Test("A row whose only cell lies beyond all columns is refused, not passed over")
    func farCell() throws {
        var sample = SampleSpreadsheet()
        sample.rows =
            Self.header + "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>" + SampleSpreadsheet.row(3, ["a/1", "x"])
        let found = try read(sample)
        #expect(found.identifiers == ["a/1"] && found.codes == [.wrongColumnCount] && found.errors[0].line == 2)
        #expect(found.rejectedRowCount == 1 && found.rowCount == 2)
    }

    @Test("A cell or row that is too long is refused, and the next row is read")
    func tooLong() throws {
        var sample = SampleSpreadsheet()
        sample.isStored = true
        let long = String(repeating: "泵", count: RecordLimits.fieldByteCountMax / 3 + 1)
        sample.sharedItems = "<si><t>\(String(repeating: "x", count: RecordLimits.fieldByteCountMax - 2))</t></si>"
        let names = (1...12).map { "\($0):T" }
        let shared = (1...12).map { "<c r=\"\(SampleSpreadsheet.letter($0))4\" t=\"s\"><v>0</v></c>" }.joined()
        sample.rows =
            SampleSpreadsheet.row(1, ["identifier"] + names) + SampleSpreadsheet.row(2, ["a/1", long])
            + SampleSpreadsheet.row(3, ["a/2", "x"])
            + "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>a/3</t></is></c>\(shared)</row>"
            + SampleSpreadsheet.row(5, ["a/4", "x"])
        let found = try read(sample)
        #expect(found.identifiers == ["a/2", "a/4"])
        #expect(found.codes == [.fieldTooLong, .recordTooLong] && found.errors.map(\.line) == [2, 4])
    }

    @Test("The first worksheet that is shown is read, or the one that is named")
    func sheets() throws {
        var sample = SampleSpreadsheet()
        sample.parts["xl/workbook.xml"] = """
            <x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="Old" state="hidden" r:id="rId1"/>\
            <x:sheet name="图表" r:id="rId9"/><x:sheet name="新" r:id="rId8"/></x:sheets></x:workbook>
            """
        sample.parts["xl/_rels/workbook.xml.rels"] = """
            <Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>\
            <Relationship Id="rId9" Type="t/chartsheet" Target="c.xml"/>\
            <Relationship Id="rId8" Type="t/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>
            """
        let rows = Self.header + SampleSpreadsheet.row(2, ["a/2", "x", ""])
        sample.parts["xl/worksheets/sheet2.xml"] =
            "<x:worksheet xmlns:x=\"m\"><x:sheetData>"
            + rows.replacing("</", with: "</x:").replacing("<c ", with: "<x:c ").replacing("<row ", with: "<x:row ")
            .replacing("<is>", with: "<x:is>").replacing("<t>", with: "<x:t>") + "</x:sheetData></x:worksheet>"
        sample.rows = Self.header + SampleSpreadsheet.row(2, ["a/1", "x", ""])
        #expect(try read(sample).identifiers == ["a/2"])
        #expect(try read(sample, sheet: "Old").identifiers == ["a/1"])
        #expect(throws: RecordFileError.spreadsheet(.noSuchSheet)) { try read(sample, sheet: "None") }
    }

    @Test("A file is read by its name, and again by its descriptor; a stream is refused")
    func file() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "hanjiang-\(UUID()).XLSX").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var sample = SampleSpreadsheet()
        sample.rows = Self.header + SampleSpreadsheet.row(2, ["a/1", "x", ""])
        try sample.write(to: path)
        #expect(try ReadAll(RecordFile.reader(path: path)).identifiers == ["a/1"])
        let file = try #require(FileHandle(forReadingAtPath: path))
        for _ in 0..<2 {
            let reader = try RecordFile.reader(descriptor: file.fileDescriptor, format: .spreadsheet)
            #expect(try ReadAll(reader).identifiers == ["a/1"])
            #expect(reader.progress.byteOffset == reader.progress.byteCount)
        }
        #expect(throws: RecordFileError.spreadsheet(.isStream)) {
            try RecordFile.reader(of: RowSource(bytes: []), format: .spreadsheet)
        }
        #expect(throws: RecordFileError.spreadsheet(.isStream)) {
            try RecordFile.reader(path: "-", format: .spreadsheet)
        }
    }
}
