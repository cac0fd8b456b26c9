import Cryptography
import ResolutionProtocol
import Testing

@testable import idctl

@Suite struct ImportJournalTests {
    private static let identity = Array("input, server, options".utf8)
    private static let refusal = ReceiptBook.Refusal(code: .notResponsible, text: Array("elsewhere".utf8))

    /// A journal of two blocks, of numbers 0 to 4 and 5 to 8, and the book it was written from.
    private static func written(_ path: String) throws -> ReceiptBook {
        var book = ReceiptBook()
        let journal = try ImportJournal.begin(path, identity: identity)
        for number in 0..<4 as Range<UInt32> { book.note(number, .created) }
        book.note(4, refusal)
        try journal.append(0..<5, of: book)
        for number in 5..<8 as Range<UInt32> { book.note(number, .unchanged) }
        book.reach(8)
        try journal.append(5..<9, of: book)
        return book
    }

    @Test func holdsWhatWasNotedAndIsTheSameBatch() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.journal")
        _ = try Self.written(path)
        var found = ReceiptBook()
        let first = try ImportJournal.resume(path, identity: Self.identity, into: &found)
        #expect(
            (0..<9).map { found[UInt32($0)] } == [.created, .created, .created, .created, .rejected]
                + [.unchanged, .unchanged, .unchanged, .notAttempted]
        )
        #expect(found.refusal(of: 4) == Self.refusal)
        #expect(found.count(of: .created) == 4 && found.count(of: .unchanged) == 3 && found.count(of: .rejected) == 1)
        found.note(8, .changed)
        try first.append(8..<9, of: found)
        var again = ReceiptBook()
        let second = try ImportJournal.resume(path, identity: Self.identity, into: &again)
        #expect(again[8] == .changed && again.count == 9)
        #expect(first.batch.salt == second.batch.salt)
        #expect(first.batch.token(for: .create, round: 0) != first.batch.token(for: .put, round: 0))
        second.remove()
        #expect(!ImportJournal.exists(path))
    }

    @Test func twoImportsAreTwoBatches() throws {
        let folder = try TemporaryFolder()
        let one = try ImportJournal.begin(folder.file("a.journal"), identity: Self.identity)
        let other = try ImportJournal.begin(folder.file("b.journal"), identity: Self.identity)
        #expect(one.batch.salt != other.batch.salt)
    }

    @Test func whatWasBeingWrittenIsCutOffAndWrittenAnew() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.journal")
        _ = try Self.written(path)
        let whole = try SmallFile.read(path)
        for byteCount in stride(from: whole.count - 1, through: 56, by: -1) {
            try folder.writeBytes(Array(whole.prefix(byteCount)), as: "cut.journal")
            var book = ReceiptBook()
            let journal = try ImportJournal.resume(folder.file("cut.journal"), identity: Self.identity, into: &book)
            #expect(book.count == 0 || book.count == 5, "\(byteCount) bytes")
            book.note(5, .created)
            try journal.append(5..<6, of: book)
            var again = ReceiptBook()
            _ = try ImportJournal.resume(folder.file("cut.journal"), identity: Self.identity, into: &again)
            #expect(again[5] == .created)
        }
    }

    @Test func aNumberBeyondAllRecordsEndsTheJournalThere() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.journal")
        _ = try Self.written(path)
        // A block of its own making: one receipt of the last number there is, and no refusal.
        let content = UInt32.max.wire + UInt32(1).wire + [1] + UInt32(0).wire
        let digest = try Digest.sha256.digest(of: content).prefix(8)
        let whole = try SmallFile.read(path)
        try folder.writeBytes(whole + UInt32(content.count).wire + digest + content, as: "a.journal")
        var book = ReceiptBook()
        _ = try ImportJournal.resume(path, identity: Self.identity, into: &book)
        #expect(book.count == 8, "what stood before it is there, and nothing else")
        #expect(try SmallFile.read(path) == whole)
    }

    @Test func anotherInputAndAnotherFileAreRefused() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.journal")
        _ = try Self.written(path)
        var book = ReceiptBook()
        #expect(throws: CommandFailure.self) {
            _ = try ImportJournal.resume(path, identity: Self.identity + [1], into: &book)
        }
        try folder.writeBytes(Array("identifier,1:URL\n".utf8), as: "b.journal")
        #expect(throws: CommandFailure.self) {
            _ = try ImportJournal.resume(folder.file("b.journal"), identity: Self.identity, into: &book)
        }
        #expect(book.count == 0)
    }
}
