/// The texts that cells name by number: all in one array of bytes, with their ends.
final class SharedTexts: XMLHandler {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []
    private var isInItem = false
    private var richText = RichText()

    /// Reads the part; `nil` stands for a workbook without one.
    init(_ entry: ZipEntry?) throws(RecordFileError) {
        guard let entry else { return }
        // Text is never longer than its XML. Reserved once, because growing would hold the table twice.
        bytes.reserveCapacity(min(entry.byteCountMax, SpreadsheetLimits.sharedByteCountMax))
        ends.reserveCapacity(min(entry.byteCountMax / 5, SpreadsheetLimits.sharedCountMax))
        try XMLPart(entry, self).readAll()
    }

    /// Lends the text of a number; `nil` if there is none.
    func withText<Value>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value? {
        guard ends.indices.contains(number) else { return nil }
        let start = number == 0 ? 0 : Int(ends[number - 1])
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<Int(ends[number])])) }
    }

    func begin(_ name: UnsafeBufferPointer<UInt8>, _ attributes: XMLAttributes) throws(RecordFileError) {
        if name.equals("si") {
            guard !isInItem else { throw .spreadsheet(.damaged) }
            isInItem = true
            richText = RichText()
        } else if isInItem {
            richText.begin(name)
        }
    }

    func end(_ name: UnsafeBufferPointer<UInt8>) throws(RecordFileError) {
        guard name.equals("si") else { return richText.end(name) }
        isInItem = false
        RichText.decodeTail(of: &bytes, from: ends.last.map { Int($0) } ?? 0)
        guard ends.count < SpreadsheetLimits.sharedCountMax else { throw .spreadsheet(.tooLarge) }
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) throws(RecordFileError) {
        guard isInItem, richText.isText else { return }
        guard piece.count <= SpreadsheetLimits.sharedByteCountMax - bytes.count else { throw .spreadsheet(.tooLarge) }
        bytes.append(contentsOf: piece)
    }
}
