internal import EventLoop
internal import Glibc

/// Why a batch could not be asked.
enum LookupFailure: Error, Equatable {
    /// A system call failed with this errno; ETIMEDOUT: nothing came in time.
    case system(errno: Int32)
    /// What came is no answer to a request of ours.
    case malformed
    /// Ctrl-C.
    case interrupted
}

/// Asks a server for batches of rows.
protocol LookupLink: AnyObject {
    /// The most rows of a batch that suits this link.
    var batchCountMax: Int { get }
    /// Asks for all rows of `batch`, and hands on each one's position and outcome, once.
    func ask(_ batch: borrowing LookupBatch, _ each: (Int, LookupOutcome) -> Void) throws(LookupFailure)
}
