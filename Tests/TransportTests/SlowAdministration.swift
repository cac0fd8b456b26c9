import Resolution
import ResolutionProtocol
import Synchronization
import Transport

/// Keeps what it is asked until it is told to answer.
final class SlowAdministration: AdministrationPort {
    let inFlight: InFlightBytes
    private let waiting = Mutex<[AdministrationRequest]>([])

    init(byteCountMax: Int) { inFlight = InFlightBytes(byteCountMax: byteCountMax) }

    var waitingCount: Int { waiting.withLock { $0.count } }

    func take(_ request: AdministrationRequest) -> Bool {
        guard let admitted = inFlight.admit(request) else { return false }
        waiting.withLock { $0.append(admitted) }
        return true
    }

    func connectionClosed(_ number: UInt64) {}

    /// Answers all that waits with that many bytes each.
    func answer(byteCount: Int) {
        for request in takeAll() {
            let envelope = try? Envelope(wire: Array(request.bytes.prefix(Envelope.byteCount)))
            request.answer(.sample(requestID: envelope?.requestID ?? 0, byteCount: byteCount))
        }
    }

    private func takeAll() -> [AdministrationRequest] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }

    /// A request of so many bytes that is administration's.
    static func request(_ requestID: UInt32, byteCount: Int) -> [UInt8] {
        Message(
            envelope: Envelope(requestID: requestID),
            header: Header(opCode: .createIdentifier, expiration: 0),
            body: .bytes([UInt8](repeating: 1, count: byteCount))
        ).wire
    }
}

extension AdministrationAnswer {
    /// A success of that many bytes.
    fileprivate static func sample(requestID: UInt32, byteCount: Int) -> AdministrationAnswer {
        let message = Message(
            envelope: Envelope(requestID: requestID),
            header: Header(opCode: .createIdentifier, responseCode: .success, expiration: 0),
            body: .bytes([UInt8](repeating: 2, count: byteCount))
        )
        return AdministrationAnswer(bytes: message.wire, code: ResponseCode.success.rawValue)
    }
}
