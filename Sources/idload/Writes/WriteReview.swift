internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// Looks, when a run is over, at each record that was written, with anybody's eyes; and deletes them, if that was asked
/// for. Takes no memory that grows with the records.
struct WriteReview {
    /// A question is answered within this, or the rest is not looked at.
    private static let timeouts = AskTimeouts(answer: 30_000)
    private static let inFlightMax = 256

    private let plan: WritePlan
    private let book: WriteBook
    private let server: SocketAddress
    private(set) var figures = WriteFigures()
    /// Acknowledgements that do not hold: of these counts, the first few as they were found.
    private(set) var samples: [Tally.Sample] = []

    init(_ plan: WritePlan, _ book: WriteBook, at server: SocketAddress) {
        self.plan = plan
        self.book = book
        self.server = server
        figures.head = plan.head
        figures.changed = book.changeCount
        for place in 0..<book.count {
            switch book.record(place).state {
            case .acknowledged, .changing: figures.created += 1
            case .unanswered: figures.unanswered += 1
            case .refused: break
            }
        }
    }

    /// Resolves each record that was acknowledged, or may be there.
    mutating func check() {
        var place = 0
        let client = BlockingClient(server: server, transport: .tcp, timeouts: Self.timeouts)
        // Where it ends early, what is left is not checked.
        _ = try? client.askAll(inFlight: Self.inFlightMax) {
            nextIdentifier(&place).map { .resolution(of: $0) }
        } each: { request, outcome in
            if case .resolve(let question) = request.body, case .success(let answer) = outcome {
                take(answer, about: question.identifier)
            }
            return true
        }
        figures.unchecked = figures.created + figures.unanswered - figures.checked
    }

    /// Deletes each record that was acknowledged, or may be there.
    mutating func delete() {
        var place = 0
        var (deleted, gone) = (0, 0)
        var settings = DialogueSettings()
        settings.inFlightMax = Self.inFlightMax
        let client = AdministrationClient(server: server, key: plan.key, settings: settings)
        try? client.askAll {
            nextIdentifier(&place).map { .request(.deleteIdentifier, body: .name(NameRequest(name: $0))) }
        } each: { _, outcome in
            switch (try? outcome.get())?.header.responseCode {
            case .success?: deleted += 1
            case .identifierNotFound?: gone += 1
            default: break
            }
            return true
        }
        client.end()
        figures.deleted = deleted
        figures.undeleted = figures.created + figures.unanswered - deleted - gone
    }

    /// The next record that is there or may be, from `place` on.
    private func nextIdentifier(_ place: inout Int) -> [UInt8]? {
        while place < book.count {
            defer { place += 1 }
            if book.record(place).state != .refused { return plan.identifier(book.numbers.number(of: place)) }
        }
        return nil
    }

    private mutating func take(_ answer: Message, about identifier: [UInt8]) {
        guard let number = plan.number(of: identifier), let place = book.numbers.record(of: number), place < book.count
        else { return }
        let record = book.record(place)
        let isExpected = record.state != .unanswered
        switch (answer.header.responseCode, answer.body) {
        case (.success, .resolved(let resolved)):
            figures.checked += 1
            if !isExpected { figures.found += 1 }
            if !holds(resolved.values, number, record) {
                figures.different += 1
                keep(.values, identifier, answer)
            }
        case (.identifierNotFound, _):
            figures.checked += 1
            guard isExpected else { return }
            figures.missing += 1
            keep(.missing, identifier, answer)
        default: return
        }
    }

    /// Whether the values are those of the record. Where a change was not answered, those before it are right, too.
    private func holds(_ values: [HandleValue], _ number: Int, _ record: WrittenRecord) -> Bool {
        let versions = record.state == .changing ? [record.version, record.earlier] : [record.version]
        return versions.contains { version in
            let expected = plan.values(number, version: version)
            return values.count == expected.count
                && expected.allSatisfy { value in
                    values.contains { $0.index == value.index && $0.type == value.type && $0.data == value.data }
                }
        }
    }

    private mutating func keep(_ fault: AnswerFault, _ identifier: [UInt8], _ answer: Message) {
        guard samples.count < Tally.sampleCountMax else { return }
        let wire = answer.wire
        samples.append(Tally.Sample(.wrong, fault: fault, identifier: identifier, packet: wire.span.bytes))
    }
}
