/// What is wrong with a row. The raw value is the code a user sees; codes are never reused.
///
/// 001…049 belong to rows, 050…099 to files (`RecordFileError`); the import command's own codes begin at 100.
package enum RowErrorCode: String, Error, CaseIterable, Sendable {
    /// A quote that opens a cell is never closed.
    case unclosedQuote = "E-IMPORT-001"
    /// A quote inside a cell that does not begin with one.
    case quoteInUnquotedCell = "E-IMPORT-002"
    /// Text between a closing quote and the next comma.
    case textAfterClosingQuote = "E-IMPORT-003"
    /// More or fewer cells than the header has.
    case wrongColumnCount = "E-IMPORT-004"
    /// A cell or string over `RecordLimits.fieldByteCountMax`.
    case fieldTooLong = "E-IMPORT-005"
    /// A record over `RecordLimits.recordByteCountMax`.
    case recordTooLong = "E-IMPORT-006"
    /// A NUL byte.
    case nulByte = "E-IMPORT-007"
    /// Bytes that are not UTF-8.
    case notUTF8 = "E-IMPORT-008"
    /// No identifier, or an empty one.
    case missingIdentifier = "E-IMPORT-009"
    /// An identifier over `RecordLimits.identifierByteCountMax`.
    case identifierTooLong = "E-IMPORT-010"
    /// A spreadsheet has rewritten the identifier as a number, `8.81E+10`.
    case identifierIsNumber = "E-IMPORT-011"
    /// An index that is no number from 1 to 2147483647.
    case badIndex = "E-IMPORT-012"
    /// Two values of a record have the same index.
    case duplicateIndex = "E-IMPORT-013"
    /// No type, or an empty one.
    case missingType = "E-IMPORT-014"
    /// A data format other than string, base64, hex.
    case badFormat = "E-IMPORT-015"
    /// Data that is not base64.
    case badBase64 = "E-IMPORT-016"
    /// Data that is not hexadecimal.
    case badHexadecimal = "E-IMPORT-017"
    /// A lifetime that is neither a number of seconds nor a UTC time.
    case badTTL = "E-IMPORT-018"
    /// Permissions that are not four digits 0 and 1.
    case badPermissions = "E-IMPORT-019"
    /// A timestamp that is no UTC time.
    case badTimestamp = "E-IMPORT-020"
    /// References that are no list of handle and index.
    case badReferences = "E-IMPORT-021"
    /// A row with an identifier and nothing else.
    case noValues = "E-IMPORT-022"
    /// Text that is not JSON, or not one object per line.
    case badJSON = "E-IMPORT-023"
    /// A JSON escape that stands for no character, such as half of a surrogate pair.
    case badEscape = "E-IMPORT-024"
    /// JSON nested deeper than `RecordLimits.jsonDepthMax`.
    case nestedTooDeep = "E-IMPORT-025"
    /// A JSON member given twice.
    case duplicateMember = "E-IMPORT-026"
    /// A JSON member that this format does not have.
    case unknownMember = "E-IMPORT-027"
    /// A JSON member of the wrong kind, such as a number for a text.
    case wrongKind = "E-IMPORT-028"
    /// A required member or cell is missing.
    case missingMember = "E-IMPORT-029"
    /// Another row of the same record is wrong, and records are taken whole.
    case partOfRejectedRecord = "E-IMPORT-030"
    /// A line of a batch file where a command has to be, and is none.
    case unknownCommand = "E-IMPORT-031"
    /// `DELETE` in a batch file.
    case batchDelete = "E-IMPORT-032"
    /// `ADD`, `MODIFY` or `REMOVE` in a batch file.
    case batchChange = "E-IMPORT-033"
    /// `HOME` or `UNHOME` in a batch file.
    case batchHome = "E-IMPORT-034"
    /// `AUTHENTICATE` or `SESSIONSETUP` in a batch file.
    case batchAuthenticate = "E-IMPORT-035"
    /// A batch block that is followed by a command without a blank line, so that it may be cut short.
    case missingBlankLine = "E-IMPORT-036"
    /// A line of a batch block that is no value line.
    case badValueLine = "E-IMPORT-037"
    /// ADMIN data of another shape than `300:111111111111:0.NA/88.118`.
    case badAdministrator = "E-IMPORT-038"
    /// LIST data of another shape than `300:0.NA/88.118;301:0.NA/88.118`.
    case badHandleList = "E-IMPORT-039"
    /// A FILE line where no directory of files was named.
    case fileNotAllowed = "E-IMPORT-040"
    /// A FILE line whose file is not below that directory, cannot be read, or is too long.
    case badFile = "E-IMPORT-041"
    /// A cell of a spreadsheet that holds a formula.
    case formulaCell = "E-IMPORT-042"
    /// A cell of a spreadsheet that holds an error such as `#REF!`.
    case errorCell = "E-IMPORT-043"
    /// A cell of a spreadsheet that holds a date, which is a number of days there.
    case dateCell = "E-IMPORT-044"
    /// References, in a format that has no place for them. Of records about to be written only.
    case referencesNotHeld = "E-IMPORT-045"
    /// A blank or line end in an identifier or type, where the format takes it for the end. Of records about to be
    /// written only.
    case blankNotHeld = "E-IMPORT-046"
}
