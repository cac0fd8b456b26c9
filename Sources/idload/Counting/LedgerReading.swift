internal import Console
internal import Glibc
internal import ResolutionClient
internal import ResolutionProtocol

/// Asks a node for its ledger over its control socket.
enum LedgerReading {
    /// A node that still reads past days, or still works on what has come, is asked again.
    private static let attemptCountMax = 40
    private static let pauseMicroseconds: UInt32 = 250_000
    /// More than any status report has.
    private static let statusByteCountMax = 1 << 20

    /// The ledger once it has come to rest: two readings in a row with the same queries, or the last of some seconds.
    static func ledger(at path: String) throws(LoadError) -> NodeLedger {
        var last: NodeLedger?
        for _ in 0..<attemptCountMax {
            let now = NodeLedger(status: try status(at: path))
            if let now, now.queries == last?.queries { return now }
            last = now ?? last
            usleep(pauseMicroseconds)
        }
        guard let last else { throw LoadError(.noLedger(path)) }
        return last
    }

    /// The ledger that `idctl status --json` wrote into a file.
    static func ledger(inFile path: String) throws(LoadError) -> NodeLedger {
        let bytes = try InputFile.bytes(at: path, byteCountMax: statusByteCountMax)
        guard let ledger = NodeLedger(status: bytes) else { throw LoadError(.noLedger(path)) }
        return ledger
    }

    private static func status(at path: String) throws(LoadError) -> [UInt8] {
        do throws(ControlError) {
            return try ControlClient(path: path).ask(.status)
        } catch {
            throw LoadError(.noControl(path, "\(error)"), exitCode: .outcomeUnknown)
        }
    }
}
