/// A file that cannot be read or written at all. Each has a code from `E-IMPORT-050` on.
package enum RecordFileError: Error, Equatable, Sendable {
    /// The file could not be opened; `errno` is the system's reason.
    case cannotOpen(path: String, errno: Int32)
    /// Reading failed after `byteOffset` bytes.
    case readFailed(byteOffset: Int, errno: Int32)
    /// Writing failed.
    case writeFailed(errno: Int32)
    /// The first block is Chinese text in GB18030 (or GBK, GB2312).
    case suspectedGB18030
    /// The file begins with a UTF-16 byte order mark.
    case utf16
    /// A CSV file without a header.
    case noHeader
    /// The header is not proper CSV, for the reason given.
    case badHeader(RowErrorCode)
    /// The header's cells are separated by something else than commas.
    case wrongSeparator
    /// No column `identifier`, `handle` or `标识`, or, in LONG shape, none for `index`, `type` or `data`.
    case missingColumn(String)
    /// A column name this format does not have.
    case unknownColumn(String)
    /// Two columns of the same name, or two value columns of the same index.
    case duplicateColumn(String)
    /// A WIDE header without value columns.
    case noValueColumns
    /// A file name that promises no format we know.
    case unknownFormat(path: String)
    /// A record this format cannot hold, so that reading it back would give another one.
    case unrepresentable(RowErrorCode)
    /// Writing was asked for in a format that is only read.
    case cannotWrite
    /// A mapping file of which this row, from 1, is wrong; 0: its header.
    case badMapping(row: Int)
    /// A file said to be GB18030 is UTF-8.
    case notGB18030
    /// The system has no converter of GB18030.
    case noConverter
    /// A spreadsheet that cannot be read, for the reason given.
    case spreadsheet(SpreadsheetFault)

    /// The stable code.
    package var code: String {
        switch self {
        case .cannotOpen: "E-IMPORT-050"
        case .readFailed: "E-IMPORT-051"
        case .writeFailed: "E-IMPORT-052"
        case .suspectedGB18030: "E-IMPORT-053"
        case .utf16: "E-IMPORT-054"
        case .noHeader: "E-IMPORT-055"
        case .badHeader: "E-IMPORT-056"
        case .wrongSeparator: "E-IMPORT-057"
        case .missingColumn: "E-IMPORT-058"
        case .unknownColumn: "E-IMPORT-059"
        case .duplicateColumn: "E-IMPORT-060"
        case .noValueColumns: "E-IMPORT-061"
        case .unknownFormat: "E-IMPORT-062"
        case .unrepresentable: "E-IMPORT-063"
        case .cannotWrite: "E-IMPORT-064"
        case .badMapping: "E-IMPORT-073"
        case .noConverter: "E-IMPORT-074"
        case .notGB18030: "E-IMPORT-075"
        case .spreadsheet(let fault): fault.rawValue
        }
    }
}
