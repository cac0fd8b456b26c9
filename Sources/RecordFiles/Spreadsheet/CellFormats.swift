/// Which cell formats show a number as a date or time.
final class CellFormats: XMLHandler {
    /// Of each format, by its number.
    private var areDates: [Bool] = []
    private var dateNumbers: Set<Int64> = []
    private var isInFormats = false

    /// Reads the part; `nil` stands for a workbook without one.
    init(_ entry: ZipEntry?) throws(RecordFileError) {
        guard let entry else { return }
        try XMLPart(entry, self).readAll()
    }

    /// Whether a cell of this format holds a date.
    func isDate(_ format: Int) -> Bool {
        areDates.indices.contains(format) && areDates[format]
    }

    func begin(_ name: UnsafeBufferPointer<UInt8>, _ attributes: XMLAttributes) throws(RecordFileError) {
        if name.equals("cellXfs") {
            isInFormats = true
        } else if name.equals("numFmt"), let number = attributes["numFmtId"].flatMap(CellText.integer) {
            if let code = attributes["formatCode"], Self.showsDate(code) { dateNumbers.insert(number) }
        } else if isInFormats, name.equals("xf") {
            let number = attributes["numFmtId"].flatMap(CellText.integer) ?? 0
            areDates.append(Self.isBuiltInDate(number) || dateNumbers.contains(number))
        }
        guard areDates.count <= SpreadsheetLimits.listCountMax, dateNumbers.count <= SpreadsheetLimits.listCountMax
        else {
            throw .spreadsheet(.tooLarge)
        }
    }

    func end(_ name: UnsafeBufferPointer<UInt8>) throws(RecordFileError) {
        if name.equals("cellXfs") { isInFormats = false }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(RecordFileError) {}

    /// ECMA-376 part 1 §18.8.30, those of East Asian locales included.
    private static func isBuiltInDate(_ number: Int64) -> Bool {
        (14...22).contains(number) || (27...36).contains(number) || (45...47).contains(number)
            || (50...58).contains(number)
    }

    /// Whether a format's code has a letter of a date or time outside quotes, escapes and colours.
    static func showsDate(_ code: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = 0
        while position < code.count {
            switch code[position] {
            case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): position += 1
            case UInt8(ascii: "\""): position = code[(position + 1)...].firstIndex(of: UInt8(ascii: "\"")) ?? code.count
            case UInt8(ascii: "["):
                let end = code[position...].firstIndex(of: UInt8(ascii: "]")) ?? code.count
                // Elapsed hours, minutes, seconds; other words in brackets are colours, conditions and currencies.
                let letters = code[(position + 1)..<end]
                if let first = letters.first, isTimeLetter(first), letters.allSatisfy({ $0 == first }) { return true }
                position = end
            case let byte
            where isTimeLetter(byte) || byte | 0x20 == UInt8(ascii: "d") || byte | 0x20 == UInt8(ascii: "y"):
                return true
            default: break
            }
            position += 1
        }
        return false
    }

    private static func isTimeLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 == UInt8(ascii: "h") || byte | 0x20 == UInt8(ascii: "m") || byte | 0x20 == UInt8(ascii: "s")
    }
}
