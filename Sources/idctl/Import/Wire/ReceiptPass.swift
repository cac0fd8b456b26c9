internal import Console
internal import RecordFiles
internal import ResolutionProtocol

/// Reads the input once more, up to where the import came, and writes the refused records into the rejects file, and a
/// receipt for each record where they are wanted: in the input's order, and the same after an import that was resumed.
final class ReceiptPass {
    private let book: ReceiptBook
    private let additions: RowAdditions
    private let rejects: RejectsFile
    private let receiptsPath: String?
    private let language: Language

    init(
        book: ReceiptBook,
        additions: RowAdditions,
        rejects: RejectsFile,
        receiptsPath: String?,
        language: Language
    ) {
        self.book = book
        self.additions = additions
        self.rejects = rejects
        self.receiptsPath = receiptsPath
        self.language = language
    }

    /// Whether there is anything to write.
    var isNeeded: Bool { receiptsPath != nil || book.count(of: .rejected) > 0 }

    /// Writes; returns how many refused records are not in the rejects file, as their reasons were too many to keep.
    func run(over reader: any RecordReader) throws(RecordFileError) -> Int {
        var missing = 0
        let receipts = try receiptsPath.map { (path) throws(RecordFileError) in try ReceiptFile(path: path) }
        var record = RecordRow()
        var number: UInt32 = 0
        while number < book.count {
            switch try reader.next(into: &record) {
            case .end: number = .max
            case .rejected(let rejection):
                try rejects.write(rejection, from: reader)
                try receipts?.write(rejection)
            case .record:
                let fault = fault(of: record, number)
                if let fault { try reject(record, fault, reader) }
                if fault == nil, book[number] == .rejected { missing += 1 }
                try receipts?.write(record, book[number], fault)
            }
            if number < .max { number += 1 }
        }
        try rejects.finish()
        try receipts?.finish()
        return missing
    }

    private func fault(of record: borrowing RecordRow, _ number: UInt32) -> ImportFault? {
        guard book[number] == .rejected else { return nil }
        if let refusal = book.refusal(of: number) { return ImportFault(refusal) }
        return WireRow(record, number: number, additions).fault
    }

    private func reject(
        _ record: borrowing RecordRow,
        _ fault: ImportFault,
        _ reader: any RecordReader
    ) throws(RecordFileError) {
        let message = fault.message(row: record.row, line: record.line, language: language)
        try rejects.write(firstRow: record.row, code: fault.code, message: message, from: reader)
    }
}
