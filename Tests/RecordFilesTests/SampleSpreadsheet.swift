import CZip
import Foundation
import Testing

/// Makes .xlsx files out of XML, with the library that also reads them; what a test needs to be wrong is wrong by it.
struct SampleSpreadsheet {
    private static let begin = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

    /// What stands in `sheetData`.
    var rows = ""
    /// The shared texts' `si` elements; `nil`: no such part.
    var sharedItems: String?
    /// What stands in `styleSheet`; `nil`: no such part.
    var styles: String?
    /// What stands before the sheet's root element.
    var prologue = begin
    var isStored = false
    var password: String?
    /// Names and texts of parts that take the place of those that would be made.
    var parts: [String: String] = [:]

    /// A row of inline texts.
    static func row(_ number: Int, _ cells: [String]) -> String {
        let columns = cells.enumerated().map { position, cell in
            "<c r=\"\(letter(position))\(number)\" t=\"inlineStr\"><is><t>\(cell)</t></is></c>"
        }
        return "<row r=\"\(number)\">\(columns.joined())</row>"
    }

    static func letter(_ column: Int) -> String { String(UnicodeScalar(UInt8(65 + column))) }

    /// The file's bytes.
    func bytes() throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.appending(path: "hanjiang-\(UUID()).xlsx").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try write(to: path)
        return Array(try Data(contentsOf: URL(filePath: path)))
    }

    func write(to path: String) throws {
        let archive = try #require(zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, nil))
        for (name, text) in allParts().sorted(by: { $0.key < $1.key }) {
            let memory = try #require(malloc(max(text.utf8.count, 1)))
            _ = Array(text.utf8).withUnsafeBytes { $0.baseAddress.map { memcpy(memory, $0, text.utf8.count) } }
            let source = try #require(zip_source_buffer(archive, memory, zip_uint64_t(text.utf8.count), 1))
            let index = zip_file_add(archive, name, source, 0)
            try #require(index >= 0)
            zip_set_file_compression(archive, zip_uint64_t(index), isStored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 6)
            if let password {
                zip_file_set_encryption(archive, zip_uint64_t(index), UInt16(ZIP_EM_AES_256), password)
            }
        }
        try #require(zip_close(archive) == 0)
    }

    private func allParts() -> [String: String] {
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        var made = [
            "xl/workbook.xml": Self.begin
                + "<workbook xmlns:r=\"\(relation)\"><sheets><sheet name=\"Parts\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            "xl/_rels/workbook.xml.rels": Self.begin
                + "<Relationships><Relationship Id=\"rId1\" Type=\"\(relation)/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                + "<Relationship Id=\"rId2\" Type=\"\(relation)/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                + "<Relationship Id=\"rId3\" Type=\"\(relation)/styles\" Target=\"/xl/styles.xml\"/></Relationships>",
            "xl/worksheets/sheet1.xml": prologue
                + "<worksheet><dimension ref=\"A1\"/><sheetData>\(rows)</sheetData></worksheet>",
        ]
        if let sharedItems { made["xl/sharedStrings.xml"] = Self.begin + "<sst>\(sharedItems)</sst>" }
        if let styles { made["xl/styles.xml"] = Self.begin + "<styleSheet>\(styles)</styleSheet>" }
        return made.merging(parts) { $1 }
    }
}
