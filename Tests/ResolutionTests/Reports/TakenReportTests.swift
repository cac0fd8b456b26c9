import Authentication
import Cryptography
import ResolutionProtocol
import Synchronization
import Testing

@testable import Resolution

/// Operation 9003: what a node below this one has counted (docs/reports.md).
@Suite struct TakenReportTests {
    /// Keeps what it is given, or says why not.
    private final class Book: ReportBook {
        let kept = Mutex<[KeptReport]>([])
        let failure = Mutex<ReportBookError?>(nil)
        let isFull = Mutex(false)

        func take(
            _ report: KeptReport,
            then: @escaping @Sendable (Result<Bool, ReportBookError>) -> Void
        ) -> Bool {
            if isFull.withLock({ $0 }) { return false }
            if let failure = failure.withLock({ $0 }) {
                then(.failure(failure))
                return true
            }
            let isNew = kept.withLock { kept in
                defer { kept.append(report) }
                return !kept.contains { $0.report.name == report.report.name }
            }
            then(.success(isNew))
            return true
        }
    }

    /// The day of the node's clock.
    private static let today = CountDay(unixSeconds: 1_700_000_000)
    private let book = Book()
    private let node: AdministeredNode
    private let author: LedgerAuthor

    init() throws {
        let key = try PrivateKey.generate(.ed25519)
        author = try SampleLedger.author(key, prefix: "88.118.7")
        var registry = AdministeredRegistry()
        let value = HandleValue(index: 310, type: ValueType.publicKey, data: try key.publicKey.registeredForm())
        registry.set("0.NA/88.118.7", [.text(1, "DESC", "a factory"), value])
        node = AdministeredNode(registry, reports: book)
    }

    private func row(_ prefix: String, _ count: UInt64 = 5) -> LedgerRow {
        LedgerRow(
            .init(prefix: Array(prefix.utf8), origin: .external),
            received: count,
            found: count,
            receivedSoFar: count,
            foundSoFar: count
        )
    }

    private func delivery(
        day: CountDay = CountDay(number: today.number - 1),
        by author: LedgerAuthor? = nil
    ) throws -> ReportDelivery {
        let author = author ?? self.author
        let rows = [row(""), row("88.118.7"), row("88.118.7.1"), row("88.118.8")]
        let reports = try ResolutionReport.signed(day: day, entry: 3, rows: rows, madeUnixSeconds: 1, by: author)
        return ReportDelivery(identity: author.identity, signed: try #require(reports.first))
    }

    private func ask(_ bytes: [UInt8]) -> Message? { Client(node).ask(.report, .bytes(bytes)) }

    private func receipt(_ message: Message?) throws -> ReportReceipt {
        guard case .bytes(let bytes)? = message?.body else { throw WireError.invalidField }
        return try ReportReceipt(wire: bytes)
    }

    private func text(_ message: Message?) -> String {
        guard case .error(let error)? = message?.body else { return "" }
        return String(decoding: error.message, as: UTF8.self)
    }

    @Test func aReportOfARegisteredKeyIsKeptWithTheRowsOfItsPrefix() throws {
        let delivery = try delivery()
        let first = try receipt(ask(delivery.wire))
        #expect(first == ReportReceipt(name: delivery.signed.report.name, hasChanged: true, ignoredRowCount: 1))
        let again = try receipt(ask(delivery.wire))
        #expect(!again.hasChanged)
        let kept = book.kept.withLock { $0 }
        #expect(kept.count == 2)
        #expect(kept[0].sender == ReportSender(prefix: Array("88.118.7".utf8), store: Array(1...16)))
        let names = kept[0].report.rows.map { String(decoding: $0.key.prefix, as: UTF8.self) }
        #expect(names == ["", "88.118.7", "88.118.7.1"])
        #expect(node.figures.reportCount == 2 && node.figures.repeatedReportCount == 1)
        #expect(node.figures.ignoredReportRowCount == 2)
    }

    @Test func whoIsNotRegisteredOrSignsWrongIsRefusedAndCounted() throws {
        let other = try SampleLedger.author(try PrivateKey.generate(.ed25519), prefix: "88.118.7")
        let unregistered = ask(try delivery(by: other).wire)
        #expect(unregistered?.code == .authenticationFailed)
        #expect(text(unregistered).contains("not registered for the prefix 88.118.7"))
        let foreign = try SampleLedger.author(try PrivateKey.generate(.ed25519), prefix: "12.34")
        #expect(ask(try delivery(by: foreign).wire)?.code == .notResponsible)
        let nameless = try SampleLedger.author(try PrivateKey.generate(.ed25519), prefix: "")
        #expect(ask(try delivery(by: nameless).wire)?.code == .invalidIdentifier)
        #expect(node.figures.refusedReports.unknownSender == 3)
        // The right key, and another report under its signature.
        let good = try delivery()
        var changed = good.signed.report
        changed.rows[0].receivedSoFar += 1
        var forged = WireWriter(capacity: 512)
        forged.lengthPrefixedBytes(good.identity.wire)
        forged.lengthPrefixedBytes(changed.wire)
        forged.lengthPrefixedBytes(good.signed.signature)
        #expect(ask([UInt8](forged.bytes))?.code == .authenticationFailed)
        #expect(node.figures.refusedReports.badSignature == 1)
        #expect(ask([1, 2, 3])?.code == .protocolError)
        #expect(node.figures.refusedReports.unreadable == 1)
        #expect(book.kept.withLock { $0.isEmpty })
    }

    @Test func aDayInTheFutureAndAFullStoreAreRefusedWithTheReason() throws {
        let early = ask(try delivery(day: CountDay(number: Self.today.number + 1)).wire)
        #expect(early?.code == .invalidValue && text(early).contains("clocks"))
        book.failure.withLock { $0 = .log(.storageFull) }
        #expect(ask(try delivery().wire)?.code == .serverReadOnly)
        book.failure.withLock { $0 = .tooMany(.rows) }
        let many = ask(try delivery().wire)
        #expect(many?.code == .error && text(many).contains("too many rows"))
        #expect(node.figures.refusedReports.early == 1 && node.figures.refusedReports.unkept == 2)
        book.isFull.withLock { $0 = true }
        #expect(ask(try delivery().wire)?.code == .serverBusy)
    }

    @Test func aNodeOfAnotherRoleTakesNoReports() throws {
        let client = Client(AdministeredNode())
        let answer = client.ask(.report, .bytes(try delivery().wire))
        #expect(answer?.code == .operationNotSupported)
    }
}
