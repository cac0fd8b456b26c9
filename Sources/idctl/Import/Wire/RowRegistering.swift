internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// Registers rows with a server: by operation 9001, many in a message, or one by one where the server does not know it.
///
/// Rows may be given again: under the same batch and number they get the outcome they had.
final class RowRegistering {
    /// Requests about single identifiers that are under way at a time.
    private static let singlesInFlight = 128
    /// How often rows are tried that changed while they were being decided on.
    private static let roundCountMax = 8

    private let asking: PatientAsking
    private let batch: ImportBatch
    private let jobs: Int
    private let isDryRun: Bool
    private let pace: RowPace
    /// Whether the server takes many rows in a message, as far as is known.
    private(set) var takesBatches = true

    init(_ asking: PatientAsking, batch: ImportBatch, jobs: Int, isDryRun: Bool, pace: RowPace) {
        self.asking = asking
        self.batch = batch
        self.jobs = jobs
        self.isDryRun = isDryRun
        self.pace = pace
    }

    /// What came of rows: an outcome for each, nil for those that were not tried; and why no more were, where that is
    /// not that somebody pressed Ctrl-C.
    struct Registered {
        var outcomes: [ApplyOutcome?]
        var failure: CommandFailure?
    }

    /// Has the server do `kind` with each row.
    func register(_ rows: [WireRow], as kind: ApplyRow.Kind) -> Registered {
        var done = Registered(outcomes: [ApplyOutcome?](repeating: nil, count: rows.count))
        var left = Array(rows.indices)
        for round in 0..<Self.roundCountMax where !left.isEmpty && !Interruption.isRequested {
            var found = [ApplyOutcome?](repeating: nil, count: left.count)
            do throws(CommandFailure) {
                try registerOnce(left.map { rows[$0] }, as: kind, round: round, into: &found)
            } catch {
                done.failure = error
            }
            for (place, outcome) in zip(left, found) { done.outcomes[place] = outcome }
            // Another row of the same identifier was in its message, or somebody else changed it.
            left = left.filter { done.outcomes[$0]?.code == .serverBusy }
            guard done.failure == nil else { break }
        }
        // What was busy would have been tried again: nothing came of it.
        if done.failure != nil { for place in left { done.outcomes[place] = nil } }
        return done
    }

    private func registerOnce(
        _ rows: [WireRow],
        as kind: ApplyRow.Kind,
        round: Int,
        into outcomes: inout [ApplyOutcome?]
    ) throws(CommandFailure) {
        if takesBatches {
            // A message has the number of its first row alone; rows of a put may have others between them.
            let isPut = kind == .put
            let messages = MessageCut.ranges(of: rows) { isPut || rows[$0].number == rows[$0 - 1].number &+ 1 }
            try asking.ask(messages.count, inFlight: jobs) { item in
                pace.take(messages[item].count)
                let message = rows[messages[item]]
                let token =
                    isPut
                    ? batch.token(for: kind, round: round, rows: message) : batch.token(for: kind, round: round)
                return request(message, kind, token)
            } take: { item, answer in
                take(answer, messages[item], &outcomes)
            }
        }
        guard !takesBatches else { return }
        guard !isDryRun else { throw CommandFailure(.serverCannot("--dry-run=server")) }
        let left = rows.indices.filter { outcomes[$0] == nil }
        try asking.ask(left.count, inFlight: Self.singlesInFlight) { item in
            pace.take(1)
            let row = rows[left[item]]
            return .creation(of: row.identifier, row.values, overwrites: kind == .put)
        } take: { item, answer in
            outcomes[left[item]] = ApplyOutcome(code: answer.header.responseCode, text: Array(answer.refusalText.utf8))
            return .taken
        }
    }

    private func request(_ rows: ArraySlice<WireRow>, _ kind: ApplyRow.Kind, _ token: [UInt8]) -> Message {
        let request = ApplyRequest(
            flags: isDryRun ? .dryRun : [],
            batch: token,
            firstRow: rows.first?.number ?? 0,
            rows: rows.map { $0.applyRow(kind) }
        )
        return .request(.apply, body: .bytes(request.wire))
    }

    private func take(
        _ answer: Message,
        _ places: Range<Int>,
        _ outcomes: inout [ApplyOutcome?]
    ) -> PatientAsking.Verdict {
        let code = answer.header.responseCode
        if code == .success {
            guard case .bytes(let body) = answer.body, let all = ApplyOutcome.all(in: body), all.count == places.count
            else { return .hopeless(CommandFailure(.notAdministered(Array("9001".utf8), .unexpectedAnswer(.apply)))) }
            for (place, outcome) in zip(places, all) { outcomes[place] = outcome }
            return .taken
        }
        if code == .error || code == .operationNotSupported {
            takesBatches = false
            return .taken
        }
        // The message as a whole: that is each row's outcome.
        let outcome = ApplyOutcome(code: code, text: Array(answer.refusalText.utf8))
        for place in places { outcomes[place] = outcome }
        return .taken
    }

    /// What the server has of an identifier.
    enum Present: Equatable {
        /// The same values.
        case same
        /// Others, or it may not be seen.
        case other
        /// It is not there any more.
        case absent
    }

    /// Compares what the server has with the rows; nil where somebody pressed Ctrl-C before.
    func compare(_ rows: [WireRow]) throws(CommandFailure) -> [Present?] {
        var found = [Present?](repeating: nil, count: rows.count)
        let flags = OpFlags.requestDefault.subtracting(.publicOnly)
        try asking.ask(rows.count, inFlight: Self.singlesInFlight) { item in
            .resolution(of: rows[item].identifier, flags: flags)
        } take: { item, answer in
            found[item] = Self.compared(answer, with: rows[item])
            return .taken
        }
        return found
    }

    private static func compared(_ answer: Message, with row: WireRow) -> Present {
        // Secret keys are never shown, to nobody.
        let expected = row.values.filter { !RowEncoder.isSecret($0.type.span.bytes) }
        switch answer.header.responseCode {
        case .success:
            guard case .resolved(let resolved) = answer.body else { return .other }
            let isSame = ValueComparison.differingIndexes(expected: expected, found: resolved.values).isEmpty
            return isSame && expected.count == row.values.count ? .same : .other
        case .identifierNotFound: return .absent
        default: return .other
        }
    }
}
