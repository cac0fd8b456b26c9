/// Why a spreadsheet cannot be read at all. The raw value is the code a user sees.
package enum SpreadsheetFault: String, CaseIterable, Sendable {
    /// The file is no zip archive with a workbook in it: an old .xls, or one that is encrypted as a whole.
    case notASpreadsheet = "E-IMPORT-065"
    /// A part of the archive is encrypted.
    case encrypted = "E-IMPORT-066"
    /// The archive or its XML is damaged or not of the expected form.
    case damaged = "E-IMPORT-067"
    /// A part expands to more than `SpreadsheetLimits` allows.
    case expandsTooFar = "E-IMPORT-068"
    /// More cells or shared texts than `SpreadsheetLimits` allows.
    case tooLarge = "E-IMPORT-069"
    /// A part has a document type, by which XML declares entities.
    case hasDocumentType = "E-IMPORT-070"
    /// There is no worksheet, or none of the name asked for.
    case noSuchSheet = "E-IMPORT-071"
    /// The input is a stream, and a spreadsheet can be read from a file only.
    case isStream = "E-IMPORT-072"

    /// What happened and what to do about it, without the code.
    package func message(_ language: MessageLanguage) -> String {
        language == .english ? english : chinese
    }

    private var english: String {
        switch self {
        case .notASpreadsheet:
            "the file is no .xlsx spreadsheet; save it as .xlsx without a password, or as CSV in UTF-8"
        case .encrypted: "the spreadsheet is encrypted; save it without a password"
        case .damaged: "the spreadsheet is damaged; open it and save it again"
        case .expandsTooFar: "the spreadsheet expands to far more than its size; save it as CSV in UTF-8"
        case .tooLarge: "the spreadsheet has too many cells or texts; split it, or save it as CSV in UTF-8"
        case .hasDocumentType:
            "the spreadsheet declares XML entities, which no spreadsheet program writes; save it again"
        case .noSuchSheet: "the spreadsheet has no such worksheet; check the name"
        case .isStream: "a spreadsheet is read from a file, not from a stream; give the file's name"
        }
    }

    private var chinese: String {
        switch self {
        case .notASpreadsheet: "文件不是 .xlsx 电子表格；请不加密码另存为 .xlsx，或另存为 UTF-8 的 CSV"
        case .encrypted: "电子表格已加密；请不加密码另存"
        case .damaged: "电子表格已损坏；请打开后重新保存"
        case .expandsTooFar: "电子表格解压后远大于其文件；请另存为 UTF-8 的 CSV"
        case .tooLarge: "电子表格的单元格或文本过多；请拆分，或另存为 UTF-8 的 CSV"
        case .hasDocumentType: "电子表格声明了 XML 实体，电子表格软件不会这样写；请重新保存"
        case .noSuchSheet: "电子表格中没有该工作表；请检查名称"
        case .isStream: "电子表格只能从文件读取，不能从流读取；请给出文件名"
        }
    }
}
