package import Resolution
internal import Synchronization

/// The bytes that administration holds for its askers: a request's from when it is taken until the last trace of it is
/// gone, an answer's until its worker has it. One bound holds for all together (reliability case R9).
package final class InFlightBytes: Sendable {
    /// What a request takes beside its bytes, which are kept twice: as they came, and read.
    private static let requestOverhead = 512

    private let held = Atomic<Int>(0)
    private let most: Atomic<Int>

    /// Holds `byteCountMax` bytes at most.
    package init(byteCountMax: Int) { most = Atomic(byteCountMax) }

    /// Bytes held now.
    package var byteCount: Int { held.load(ordering: .relaxed) }

    /// Goes by another bound from now on; what is held stays.
    package func settle(byteCountMax: Int) { most.store(byteCountMax, ordering: .relaxed) }

    /// The request with its bytes held, so that its answers' are held too; nil: there is no room for it.
    ///
    /// An answer for which there is no room goes out without its bytes, `isLost`.
    package func admit(_ request: AdministrationRequest) -> AdministrationRequest? {
        guard let place = hold(2 * request.bytes.count + Self.requestOverhead) else { return nil }
        var admitted = request
        let answer = request.answer
        admitted.answer = { [self] part in withExtendedLifetime(place) { answer(hold(part)) } }
        return admitted
    }

    /// Bytes that are held until what is returned is gone; nil: there is no room for them.
    func place(_ byteCount: Int) -> (any Sendable)? { hold(byteCount) }

    private func hold(_ answer: AdministrationAnswer) -> AdministrationAnswer {
        guard !answer.bytes.isEmpty else { return answer }
        guard let place = hold(answer.bytes.count) else {
            return AdministrationAnswer(bytes: [], code: answer.code, isLost: true)
        }
        var answer = answer
        answer.place = place
        return answer
    }

    /// Whatever is alone has room: no bound is so low that nothing goes.
    private func hold(_ byteCount: Int) -> Place? {
        let now = held.add(byteCount, ordering: .relaxed).newValue
        guard now <= most.load(ordering: .relaxed) || now == byteCount else {
            held.subtract(byteCount, ordering: .relaxed)
            return nil
        }
        return Place(bytes: self, byteCount: byteCount)
    }

    /// Held bytes; they are given back when nothing refers to them any more.
    private final class Place: Sendable {
        private let bytes: InFlightBytes
        private let byteCount: Int

        init(bytes: InFlightBytes, byteCount: Int) {
            self.bytes = bytes
            self.byteCount = byteCount
        }

        deinit { bytes.held.subtract(byteCount, ordering: .relaxed) }
    }
}
