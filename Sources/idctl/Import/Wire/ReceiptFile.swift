internal import Console
internal import RecordFiles
internal import ResolutionProtocol

/// A CSV file with a receipt for each record: `row,line,identifier,outcome,code`.
final class ReceiptFile {
    private let sink: RowSink

    init(path: String) throws(RecordFileError) {
        sink = try RowSink(path: path)
        try sink.append(Array("row,line,identifier,outcome,code\n".utf8))
    }

    /// The receipt of a record that could be read.
    func write(
        _ record: borrowing RecordRow,
        _ receipt: ReceiptBook.Receipt,
        _ fault: ImportFault?
    ) throws(RecordFileError) {
        let name = record.bytes[record.identifier]
        try write(row: record.row, line: record.line, name: Array(name), receipt, code: fault?.code ?? "")
    }

    /// The receipt of one that could not.
    func write(_ rejection: Rejection) throws(RecordFileError) {
        let error = rejection.error
        try write(row: error.row, line: error.line, name: [], .rejected, code: error.code.rawValue)
    }

    func finish() throws(RecordFileError) { try sink.flush() }

    private func write(
        row: Int,
        line: Int,
        name: [UInt8],
        _ receipt: ReceiptBook.Receipt,
        code: String
    ) throws(RecordFileError) {
        // Quoted whatever it holds; a quote inside is doubled (RFC 4180).
        let quoted = name.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
        try sink.append(Array("\(row),\(line),\"".utf8) + quoted + Array("\",\(receipt.name),\(code)\n".utf8))
    }
}

extension ReceiptBook.Receipt {
    /// As receipts name it.
    var name: String {
        switch self {
        case .notAttempted: "not attempted"
        case .created: "created"
        case .changed: "changed"
        case .unchanged: "unchanged"
        case .rejected: "rejected"
        }
    }
}
