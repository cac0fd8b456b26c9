/// A workbook's worksheets, and where the archive keeps them.
struct Workbook {
    private static let folder = "xl/"

    /// The archive's name of the worksheet that is asked for.
    let sheetPath: String
    /// Those of its shared texts and cell formats; `nil` if it has none.
    let textsPath: String?
    let formatsPath: String?

    /// Finds the worksheet called `name`, or the first that is shown.
    init(_ archive: ZipArchive, sheet name: String?) throws(RecordFileError) {
        guard let entry = try archive.entry(Self.folder + "workbook.xml"),
            let relationsEntry = try archive.entry(Self.folder + "_rels/workbook.xml.rels")
        else { throw .spreadsheet(.notASpreadsheet) }
        let sheets = WorkbookList(element: "sheet")
        try XMLPart(entry, sheets).readAll()
        let relations = WorkbookList(element: "Relationship")
        try XMLPart(relationsEntry, relations).readAll()
        let wanted = name.map { Array($0.utf8) }
        let found = sheets.items.lazy.filter { wanted == nil ? !$0.isHidden : $0.name == wanted }
            .compactMap { sheet in relations.items.first { $0.id == sheet.id && $0.isOfType("/worksheet") } }
            .first
        guard let found else { throw .spreadsheet(.noSuchSheet) }
        sheetPath = Self.path(found.target)
        textsPath = relations.items.first { $0.isOfType("/sharedStrings") }.map { Self.path($0.target) }
        formatsPath = relations.items.first { $0.isOfType("/styles") }.map { Self.path($0.target) }
    }

    /// A target is relative to the workbook's folder, or begins with `/`.
    private static func path(_ target: [UInt8]) -> String {
        let text = String(decoding: target, as: UTF8.self)
        return target.first == UInt8(ascii: "/") ? String(text.dropFirst()) : folder + text
    }
}
