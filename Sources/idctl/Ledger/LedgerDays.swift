internal import Console
internal import Resolution
internal import ResolutionProtocol

/// The days of a ledger, one after the other, with what corrections have added.
struct LedgerDays {
    /// One day.
    struct Day {
        let day: CountDay
        /// All entries of the day together.
        var counts: LedgerCounts
        /// The totals of all days, as the day's own entry has them.
        let soFar: LedgerCounts
        /// Who asked most, of those whose queries the day's own entry lists.
        let share: SourceShare?
        var correctionCount = 0
        /// Whether it has an entry: else it is still counted.
        var isClosed = true
    }

    private(set) var days: [Day] = []
    /// The totals of the last entry.
    private(set) var cumulative = LedgerCounts()
    private var first: CountDay?

    /// Takes the next head.
    mutating func take(_ head: LedgerHead) {
        cumulative = head.cumulative
        switch head.kind {
        case .identity: break
        case .day:
            if first == nil { first = head.day }
            days.append(
                Day(
                    day: head.day,
                    counts: head.added,
                    soFar: head.cumulative,
                    share: head.largestShare
                )
            )
        case .correction:
            // Days have an entry each, without a gap; one from before the ledger began is in the totals alone.
            guard let first, let place = Int(exactly: head.day.number - first.number), days.indices.contains(place)
            else { return }
            // A sum that does not fit is none that a node could have written.
            try? days[place].counts.add(head.added)
            days[place].correctionCount += 1
        }
    }

    /// Adds a day that is still counted.
    mutating func add(open day: CountDay, _ report: CountReport) {
        let account = LedgerAccount(report.totals, prefixes: report.prefixes)
        let rows = account.sources.map { LedgerSourceRow($0.key, count: $0.value) }.sorted { $0.key < $1.key }
        var counts = LedgerCounts()
        for (key, pair) in account.pairs {
            try? counts.add(received: pair.received, found: pair.found, of: key.origin)
        }
        var soFar = days.last?.isClosed == false ? days.last?.soFar ?? cumulative : cumulative
        try? soFar.add(counts)
        let share = SourceShare(LedgerLargestNetwork(of: rows), of: counts.externalRequests)
        days.append(Day(day: day, counts: counts, soFar: soFar, share: share, isClosed: false))
    }

    /// The heads of the ledger that is meant, all of them.
    static func read(_ options: LedgerOptions, _ session: Session) throws(CommandFailure) -> LedgerDays {
        var days = LedgerDays()
        if let file = options.file {
            var isLedger = false
            _ = try LedgerStream.forEachFound(in: file) { found throws(CommandFailure) in
                guard case .frame(let frame, _) = found else { throw CommandFailure(.damagedLedger(file)) }
                if frame.kind == .fileHead { isLedger = true }
                if frame.kind == .head, let head = try? LedgerHead(wire: frame.content) { days.take(head) }
            }
            guard isLedger else { throw CommandFailure(.damagedLedger(file)) }
            return days
        }
        let source = try options.source(session)
        guard let state = try source.state() else { throw CommandFailure(.noLedger(source.name), exit: .notFound) }
        var next: UInt64 = 0
        while next < state.next {
            let heads = try source.heads(from: next)
            guard let last = heads.last, last.sequence >= next else {
                throw CommandFailure(.unreadableLedgerAnswer(source.name))
            }
            for head in heads { days.take(head) }
            next = last.sequence + 1
        }
        try days.addOpen(from: state.nextDay, source)
        return days
    }

    /// Days shown that have no entry yet: more there are only where the node was stopped for long.
    private static let openDayCountMax: Int32 = 7

    private mutating func addOpen(from day: CountDay, _ source: any LedgerSource) throws(CommandFailure) {
        let today = DayText.today().number
        guard day.number <= today else { return }
        for number in day.number...min(today, day.number + Self.openDayCountMax) {
            let day = CountDay(number: number)
            add(open: day, try source.counts(of: day))
        }
    }
}
