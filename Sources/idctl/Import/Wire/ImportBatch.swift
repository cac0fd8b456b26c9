internal import Cryptography
internal import ResolutionProtocol

/// Under what the rows of one import are registered: the same when it is resumed, so that a row that was registered
/// before is not registered twice and its receipt is the first one.
///
/// Another import of the same input is another batch: what it says of a row must be as the node has it then, not as it
/// was told before.
struct ImportBatch {
    /// Octets that stand for the import; random, and kept in its journal.
    let salt: [UInt8]

    init(salt: [UInt8]) { self.salt = salt }

    /// A new import's.
    init() {
        var generator = SystemRandomNumberGenerator()
        salt = (0..<ApplyRequest.batchByteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// Sixteen octets for what is done with the rows. A row whose outcome was "busy" needs another, as the first is
    /// kept: that of the next round.
    func token(for kind: ApplyRow.Kind, round: Int) -> [UInt8] {
        token([kind.rawValue, UInt8(truncatingIfNeeded: round)])
    }

    /// Sixteen octets for rows of these numbers that are done together, whatever lies between them. Other rows have
    /// others, so this is for what may be done again, as a put may.
    func token(for kind: ApplyRow.Kind, round: Int, rows: ArraySlice<WireRow>) -> [UInt8] {
        let numbers = rows.flatMap { row in (0..<4).map { UInt8(truncatingIfNeeded: row.number >> (8 * $0)) } }
        return token([kind.rawValue, UInt8(truncatingIfNeeded: round)] + numbers)
    }

    /// Sixteen octets for a set in which these kinds of rows stand.
    func token(forSetOfKinds kinds: [ApplyRow.Kind]) -> [UInt8] { token([0] + kinds.map(\.rawValue)) }

    private func token(_ purpose: [UInt8]) -> [UInt8] {
        let bytes = salt + purpose
        // The library fails where it has no memory; then each kind is still apart from the others.
        return Array(((try? Digest.sha256.digest(of: bytes)) ?? bytes.reversed()).prefix(ApplyRequest.batchByteCount))
    }
}
