/// Where the reports of other nodes are kept.
public protocol ReportBook: AnyObject, Sendable {
    /// Takes in what a verified report says; `then` is called once, from any thread, when it is durable or could not be
    /// kept. False: too many wait.
    func take(
        _ report: KeptReport,
        then: @escaping @Sendable (Result<Bool, ReportBookError>) -> Void
    ) -> Bool
}

/// A verified report, with the rows that count.
public struct KeptReport: Sendable {
    package var sender: ReportSender
    package var report: ResolutionReport
    package var receivedUnixSeconds: Int64

    package init(sender: ReportSender, report: ResolutionReport, receivedUnixSeconds: Int64) {
        self.sender = sender
        self.report = report
        self.receivedUnixSeconds = receivedUnixSeconds
    }
}

/// Whose counts they are: a prefix may be answered by several servers, each with a store and a ledger of its own, whose
/// counts are added; the same store goes on under another key.
package struct ReportSender: Hashable, Sendable {
    /// In upper case.
    package var prefix: [UInt8]
    /// The UUID of the sender's store.
    package var store: [UInt8]

    package init(prefix: [UInt8], store: [UInt8]) {
        self.prefix = prefix
        self.store = store
    }
}

/// Why a report could not be kept.
public enum ReportBookError: Error, Hashable, Sendable {
    /// There are as many senders, or stores of one, or rows of one, as there may be.
    case tooMany(ReportBound)
    /// Something cannot be written or read.
    case log(ChangeLogError)
}

/// What is bounded of reports.
public enum ReportBound: String, Hashable, Sendable {
    case senders
    case rows
    /// A sum beyond 64 bits.
    case total
}
