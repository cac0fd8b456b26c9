import Authentication
import Cryptography
import Resolution
import ResolutionProtocol

/// The node that 88.118.7 is delegated to: its key is registered, and it reports.
struct ReportSample: Sendable {
    static let shared = ReportSample()
    /// The day of the node's clock.
    static let today = CountDay(unixSeconds: 1_700_000_000).number

    let author: LedgerAuthor
    /// Its public key as the record of its prefix has it.
    let registered: [UInt8]

    private init?() {
        guard let key = try? PrivateKey.generate(.ed25519), let form = try? key.publicKey.registeredForm(),
            let author = try? LedgerAuthor(key: key, store: Array(1...16), prefix: Array("88.118.7".utf8))
        else { return nil }
        self.author = author
        registered = form
    }

    /// A report of `rows`, which ascend.
    func delivery(_ rows: [LedgerRow], day: Int32) -> ReportDelivery? {
        let reports = try? ResolutionReport.signed(
            day: CountDay(number: day),
            entry: 3,
            rows: rows,
            madeUnixSeconds: 1,
            by: author
        )
        return reports?.first.map { ReportDelivery(identity: author.identity, signed: $0) }
    }
}

/// Keeps what it is given, or says why not.
final class SampleBook: ReportBook, @unchecked Sendable {
    // Sendable: there is one thread.
    private(set) var kept: [KeptReport] = []
    private let manner: UInt8

    init(manner: UInt8) { self.manner = manner }

    func take(
        _ report: KeptReport,
        then: @escaping @Sendable (Result<Bool, ReportBookError>) -> Void
    ) -> Bool {
        switch manner & 7 {
        case 1: return false
        case 2: then(.failure(.tooMany(.rows)))
        case 3: then(.failure(.log(.storageFull)))
        default:
            kept.append(report)
            then(.success(manner & 8 == 0))
        }
        return true
    }
}
