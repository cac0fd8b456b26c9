internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import Transport

extension Node {
    /// Bytes of an answer's frames at least, if there are so many: some twenty days of ten thousand prefixes' rows.
    private static let ledgerByteCount = 4 << 20
    private static let ledgerHeadCountMax = 8_192

    /// What the control socket says of the ledger (docs/protocol-extensions.md).
    func ledger(_ argument: [UInt8]) -> ControlAnswer {
        guard let question = try? LedgerQuestion(wire: argument) else { return .failure("not a question") }
        do throws(StoreError) {
            return .text(try answer(question))
        } catch {
            return .failure("\(error.messages.english)")
        }
    }

    private func answer(_ question: LedgerQuestion) throws(StoreError) -> [UInt8] {
        switch question {
        case .state: try store.ledgerState()?.wire ?? []
        case .identities: try store.ledgerIdentities().flatMap { LedgerFrame(.identity, $0).bytes }
        case .closing(let day): LedgerPlace(entry: try store.ledgerEntry(closing: day)).wire
        case .heads(let first):
            try store.ledgerHeads(from: first, countMax: Self.ledgerHeadCountMax).flatMap {
                LedgerFrame(.head, $0).bytes
            }
        case .frames(let place): try frames(from: place)
        }
    }

    /// Where the rest begins, then frames.
    private func frames(from place: LedgerPlace) throws(StoreError) -> [UInt8] {
        let (bytes, next) = try store.ledgerFrames(from: place, byteCount: Self.ledgerByteCount)
        return (next ?? .end).wire + bytes
    }
}
