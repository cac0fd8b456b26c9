import Glibc
import NodeConfiguration
import RecordFiles

/// What a run is about, where it is about one reader alone (`tools/fuzz Files:csv 600`).
private let choicesOfReader: [UInt8] = {
    switch getenv("HANJIANG_FUZZ_READER").map({ String(cString: $0) }) {
    case "toml": [0, 2]
    case "csv": [3, 5]
    case "jsonl": [4, 6]
    case "batch": [8, 9]
    case "xlsx": [10, 11]
    default: []
    }
}()

/// Files that people write: the node's configuration, and records to be imported.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    var choice = input.uint8()
    // The high numbers came later: what is kept goes on meaning what it meant.
    choice = choice < 240 ? choice % 8 : 8 + choice % 4
    if !choicesOfReader.isEmpty { choice = choicesOfReader[Int(choice) % choicesOfReader.count] }
    switch choice {
    case 0, 1: claimConfigurationStable(input.remainder())
    case 2: claimConfigurationStable(repeated(&input, byteCount: 8_192))
    case 3: claimRecordsStable(input.remainder(), .csv)
    case 4: claimRecordsStable(input.remainder(), .jsonLines)
    case 5: claimRecordsStable(repeated(&input, byteCount: 16_384), .csv)
    case 6: claimRecordsStable(repeated(&input, byteCount: 16_384), .jsonLines)
    case 7: claimPiecesRead(&input)
    case 8: claimBatchTextStable(input.remainder())
    case 9: claimRejectsStable(repeated(&input, byteCount: 16_384), .batchText)
    case 10: claimSheetCounted(input.remainder())
    default: claimSheetCounted(sheet(&input))
    }
}

/// A text whose middle occurs many times, up to `byteCount`: what takes long in the square of its length shows here.
private func repeated(_ input: inout FuzzInput, byteCount: Int) -> [UInt8] {
    let (head, middle) = (input.piece(), input.piece())
    guard !middle.isEmpty else { return head }
    return head + (0..<(byteCount / middle.count)).flatMap { _ in middle } + input.remainder()
}

/// A configuration that is taken is the same in the text that shows it.
private func claimConfigurationStable(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let configuration = try? NodeConfiguration.parse(text: text, fileName: "node.toml") else { return }
    let effective = configuration.effective
    guard let again = try? NodeConfiguration.parse(text: effective, fileName: "effective") else {
        return claim(false, "the effective configuration is not taken: \(effective)")
    }
    claim(again.effective == effective, "the effective configuration is another when read")
}

/// What is refused and what is taken are both the same when they are written and read.
private func claimBatchTextStable(_ bytes: [UInt8]) {
    claimRejectsStable(bytes, .batchText)
    claimRecordsStable(bytes, .batchText)
}

/// Records that are read are the same when they are written and read.
private func claimRecordsStable(_ bytes: [UInt8], _ format: RecordFormat) {
    guard let rows = try? records(of: bytes, format), !rows.isEmpty else { return }
    let sink = RowSink()
    guard let writer = try? RecordFile.writer(to: sink, format: format) else { return }
    var written: [RecordRow] = []
    for row in rows {
        // Rows of one identifier, one behind the other, are one record where it takes several rows (LONG CSV).
        if let last = written.last, last.copy(last.identifier) == row.copy(row.identifier) { continue }
        // What a reader takes is not always what this format can say.
        guard (try? writer.write(row)) != nil else { continue }
        written.append(row)
    }
    guard !written.isEmpty, (try? writer.finish()) != nil else { return }
    guard let again = try? records(of: sink.bytes, format) else { return claim(false, "records cannot be read again") }
    claim(again.count == written.count, "\(written.count) records become \(again.count)")
    for (row, other) in zip(written, again) { claim(isSame(row, other), "a record is another when written") }
}

private func records(of bytes: [UInt8], _ format: RecordFormat, blockByteCount: Int = 1 << 18) throws(RecordFileError)
    -> [RecordRow]
{
    let source = try RowSource(bytes: bytes, blockByteCount: blockByteCount)
    let reader = try RecordFile.reader(of: source, format: format)
    var rows: [RecordRow] = []
    var row = RecordRow()
    while true {
        switch try reader.next(into: &row) {
        case .record: rows.append(row)
        case .rejected: reader.withCurrentText { _, _ in }
        case .end: return rows
        }
    }
}

/// A spreadsheet whose worksheet, shared texts and cell formats are made up, in an archive that is right.
private func sheet(_ input: inout FuzzInput) -> [UInt8] {
    let (items, formats) = (input.piece(), input.piece())
    var archive = StoredArchive()
    archive.add("xl/workbook.xml", Array("<workbook><sheets><sheet name=\"s\" id=\"1\"/></sheets></workbook>".utf8))
    let relations = [
        ("1", "worksheet", "sheet.xml"), ("2", "sharedStrings", "texts.xml"), ("3", "styles", "styles.xml"),
    ]
    let list = relations.map { "<Relationship Id=\"\($0)\" Type=\"/\($1)\" Target=\"\($2)\"/>" }.joined()
    archive.add("xl/_rels/workbook.xml.rels", Array("<Relationships>\(list)</Relationships>".utf8))
    archive.add("xl/texts.xml", Array("<sst>".utf8) + items + Array("</sst>".utf8))
    archive.add("xl/styles.xml", Array("<styleSheet>".utf8) + formats + Array("</styleSheet>".utf8))
    archive.add(
        "xl/sheet.xml",
        Array("<worksheet><sheetData>".utf8) + input.remainder() + Array("</sheetData></worksheet>".utf8)
    )
    return archive.finished()
}

/// Each data row of a spreadsheet is in a record or in a rejection, in its order.
private func claimSheetCounted(_ bytes: [UInt8]) {
    guard let reader = try? SpreadsheetReader(bytes: bytes) else { return }
    var row = RecordRow()
    var (rowCount, line) = (0, 0)
    while let outcome = try? reader.next(into: &row) {
        switch outcome {
        case .end:
            return claim(reader.rowCount == rowCount, "\(reader.rowCount) rows, of which \(rowCount) are told of")
        case .record:
            claim(row.row == rowCount + 1 && row.line > line, "record \(row.row) is not the row behind \(rowCount)")
            rowCount += row.rowCount
            line = row.line
        case .rejected(let rejection):
            claim(rejection.firstRow == rowCount + 1, "rejection \(rejection.firstRow) is not behind \(rowCount)")
            claim(rejection.error.line > line, "row \(rejection.error.line) of the sheet is not behind \(line)")
            rowCount += rejection.rowCount
            line = rejection.error.line
        }
        reader.withCurrentText { text, _ in claim(text.byteCount > 0, "a row without text") }
    }
}

/// What was refused is refused again when the rejects file is read as it is.
private func claimRejectsStable(_ bytes: [UInt8], _ format: RecordFormat) {
    guard let first = try? rejects(of: bytes, format), first.count > 0 else { return }
    guard let again = try? rejects(of: first.text, format) else { return }
    claim(again.recordCount == 0, "a refused record is taken from the rejects file")
    claim(again.count == first.count, "\(first.count) rejects become \(again.count)")
}

private func rejects(of bytes: [UInt8], _ format: RecordFormat) throws(RecordFileError)
    -> (text: [UInt8], count: Int, recordCount: Int)
{
    let reader = try RecordFile.reader(of: RowSource(bytes: bytes), format: format)
    let sink = RowSink()
    let writer = RejectsWriter(sink, for: reader, language: .chinese)
    var (count, recordCount) = (0, 0)
    var row = RecordRow()
    while true {
        switch try reader.next(into: &row) {
        case .record: recordCount += 1
        case .rejected(let rejection):
            count += 1
            try writer.write(rejection, from: reader)
        case .end:
            try writer.finish()
            return (sink.bytes, count, recordCount)
        }
    }
}

/// In however small pieces a file comes, it holds the same.
private func claimPiecesRead(_ input: inout FuzzInput) {
    let choice = input.uint8()
    let format: RecordFormat = choice >= 240 ? .batchText : choice % 2 == 0 ? .csv : .jsonLines
    let blockByteCount = Int(input.uint8()) + 1
    let bytes = input.remainder()
    // The encoding is guessed from the first block, so that one of the two may be refused as a whole.
    guard let whole = try? records(of: bytes, format),
        let inPieces = try? records(of: bytes, format, blockByteCount: blockByteCount)
    else { return }
    claim(whole.count == inPieces.count, "in pieces a file holds another number of records")
    for (row, other) in zip(whole, inPieces) { claim(isSame(row, other), "in pieces a record is another") }
}

private func isSame(_ row: RecordRow, _ other: RecordRow) -> Bool {
    guard row.copy(row.identifier) == other.copy(other.identifier), row.values.count == other.values.count else {
        return false
    }
    return zip(row.values, other.values).allSatisfy { value, otherValue in
        value.index == otherValue.index && row.copy(value.type) == other.copy(otherValue.type)
            && row.copy(value.data) == other.copy(otherValue.data) && value.permissions == otherValue.permissions
            && value.ttl == otherValue.ttl && value.references.count == otherValue.references.count
    }
}
