internal import Console
internal import Cryptography
internal import Glibc
internal import ResolutionProtocol

/// What an import over the wire has been told so far, in a file beside the input: after Ctrl-C, a crash or a lost
/// connection it goes on from there.
///
///     magic 8   digest of what identifies the import 32   its batch 16
///     block: i4 length   digest of the content, its first 8 bytes   content
///     content: first number i4   i4 n   n × receipt u8   i4 m   m × (number i4, code i4, i4 length, text)
///
/// What follows the last whole block was being written when the program ended, and is cut off.
final class ImportJournal {
    private static let magic = Array("HJIMPRT1".utf8)
    private static let blockByteCountMax = 64 << 20

    /// Where it is.
    let path: String
    /// Under what the rows are registered.
    let batch: ImportBatch
    private let file: JournalFile

    private init(_ file: JournalFile, batch: ImportBatch) {
        path = file.path
        self.file = file
        self.batch = batch
    }

    /// Whether there is one at `path`.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Begins a journal of the import that `identity` stands for, in the place of any other.
    static func begin(_ path: String, identity: [UInt8]) throws(CommandFailure) -> ImportJournal {
        let file = try JournalFile(path, flags: O_RDWR | O_CREAT | O_TRUNC)
        let batch = ImportBatch()
        try file.write(magic + digest(identity) + batch.salt)
        return ImportJournal(file, batch: batch)
    }

    /// Opens the journal of the import that `identity` stands for, and notes its receipts in `book`. Throws where it is
    /// another import's, as when the input has changed.
    static func resume(
        _ path: String,
        identity: [UInt8],
        into book: inout ReceiptBook
    ) throws(CommandFailure) -> ImportJournal {
        let file = try JournalFile(path, flags: O_RDWR)
        let head = try file.read(headByteCount)
        guard head.count == headByteCount, head.starts(with: magic) else { throw CommandFailure(.notAJournal(path)) }
        guard Array(head[magic.count..<(magic.count + 32)]) == digest(identity) else {
            throw CommandFailure(.otherJournal(path))
        }
        let journal = ImportJournal(file, batch: ImportBatch(salt: Array(head[(magic.count + 32)...])))
        var end = head.count
        while let block = try journal.readBlock(), take(block.content, into: &book) { end += block.byteCount }
        try file.cut(at: end)
        return journal
    }

    private static let headByteCount = magic.count + 32 + ApplyRequest.batchByteCount

    /// Notes the receipts of the records with these numbers, as the book has them.
    func append(_ numbers: Range<UInt32>, of book: ReceiptBook) throws(CommandFailure) {
        guard !numbers.isEmpty else { return }
        var writer = WireWriter(capacity: numbers.count + 64, byteCountMax: Self.blockByteCountMax)
        writer.uint32(numbers.lowerBound)
        writer.uint32(UInt32(numbers.count))
        for number in numbers { writer.uint8(book[number].rawValue) }
        let refused = numbers.compactMap { number in book.refusal(of: number).map { (number, $0) } }
        writer.uint32(UInt32(refused.count))
        for (number, refusal) in refused {
            writer.uint32(number)
            writer.uint32(refusal.code.rawValue)
            writer.lengthPrefixedBytes(refusal.text)
        }
        let content = [UInt8](writer.bytes)
        try file.write(UInt32(content.count).wire + Self.digest(content).prefix(8) + content)
    }

    /// Removes it: the import is done.
    func remove() { unlink(path) }

    private static func take(_ content: [UInt8], into book: inout ReceiptBook) -> Bool {
        do throws(WireError) {
            var reader = WireReader(content.span.bytes)
            let first = try reader.uint32()
            let receipts = try reader.bytes(byteCount: Int(try reader.uint32()))
            for (offset, receipt) in receipts.enumerated() {
                guard let receipt = ReceiptBook.Receipt(rawValue: receipt) else { return false }
                let (number, overflows) = first.addingReportingOverflow(UInt32(offset))
                guard !overflows, number < ReceiptBook.recordCountMax else { return false }
                if receipt != .notAttempted { book.note(number, receipt) }
            }
            for _ in 0..<(try reader.uint32()) {
                let number = try reader.uint32()
                guard number < ReceiptBook.recordCountMax else { return false }
                let code = ResponseCode(rawValue: try reader.uint32())
                book.note(number, ReceiptBook.Refusal(code: code, text: try reader.lengthPrefixedBytes()))
            }
            return true
        } catch {
            return false
        }
    }

    /// The next whole block; nil: there is none.
    private func readBlock() throws(CommandFailure) -> (content: [UInt8], byteCount: Int)? {
        let head = try file.read(12)
        guard head.count == 12 else { return nil }
        let byteCount = head[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard byteCount <= Self.blockByteCountMax else { return nil }
        let content = try file.read(byteCount)
        guard content.count == byteCount, Self.digest(content).starts(with: head[4...]) else { return nil }
        return (content, 12 + byteCount)
    }

    /// The library fails where it has no memory; then nothing matches.
    private static func digest(_ bytes: [UInt8]) -> [UInt8] { (try? Digest.sha256.digest(of: bytes)) ?? [] }
}
