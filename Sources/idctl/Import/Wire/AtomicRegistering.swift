internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// Registers rows together, all of them or none (operation 9001, flag "atomic"): they are sent in parts, which the
/// server keeps until the last one has come.
final class AtomicRegistering {
    /// A row, and what is to be done with it.
    typealias Step = (row: WireRow, kind: ApplyRow.Kind)

    /// The most rows of a set, and bytes of them (docs/protocol-extensions.md).
    static let rowCountMax = 10_000
    static let byteCountMax = 7 << 20
    /// How often a set is sent anew that the server has given up, as after its restart.
    private static let roundCountMax = 8

    private let asking: PatientAsking
    private let token: [UInt8]

    init(_ asking: PatientAsking, batch: ImportBatch) {
        self.asking = asking
        token = batch.token(forSetOfKinds: [.create, .put])
    }

    /// The outcome of each step; nil where somebody pressed Ctrl-C before the last part was sent.
    func register(_ steps: [Step]) throws(CommandFailure) -> [ApplyOutcome]? {
        let parts = MessageCut.ranges(of: steps.map(\.row))
        for _ in 0..<Self.roundCountMax {
            var found: [ApplyOutcome]?
            var isGivenUp = false
            try asking.ask(parts.count, inFlight: 1) { item in
                request(steps, parts[item], isLast: item == parts.count - 1)
            } take: { item, answer in
                take(answer, isLast: item == parts.count - 1, count: steps.count, &found, &isGivenUp)
            }
            if let found { return found }
            guard isGivenUp else { return nil }
        }
        throw CommandFailure(.serverCannot("--atomic"))
    }

    private func request(_ steps: [Step], _ part: Range<Int>, isLast: Bool) -> Message {
        let request = ApplyRequest(
            flags: isLast ? [.atomic, .last] : .atomic,
            batch: token,
            firstRow: UInt32(part.lowerBound),
            rows: steps[part].map { $0.row.applyRow($0.kind) }
        )
        return .request(.apply, body: .bytes(request.wire))
    }

    private func take(
        _ answer: Message,
        isLast: Bool,
        count: Int,
        _ found: inout [ApplyOutcome]?,
        _ isGivenUp: inout Bool
    ) -> PatientAsking.Verdict {
        switch answer.header.responseCode {
        case .success where !isLast: return .taken
        case .success:
            guard case .bytes(let body) = answer.body, let all = ApplyOutcome.all(in: body), all.count == count else {
                return .hopeless(CommandFailure(.notAdministered(Array("9001".utf8), .unexpectedAnswer(.apply))))
            }
            found = all
            return .taken
        case .error, .operationNotSupported: return .hopeless(CommandFailure(.serverCannot("--atomic")))
        case .invalidValue:
            // A part does not follow what the server has: the set goes again from its beginning.
            isGivenUp = true
            return .taken
        default:
            let error = AdministrationError.refused(code: answer.header.responseCode, text: answer.refusalText)
            return .hopeless(CommandFailure(.notAdministered(Array("9001".utf8), error)))
        }
    }
}
