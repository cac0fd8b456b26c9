internal import Console
internal import EventLoop
internal import Synchronization

/// Where keys and the control socket reach a run that goes on. Any thread may ask.
final class RunSteering: Sendable {
    private struct Figures: Sendable {
        var second = LoadSecond()
        var totals = Tally()
    }

    /// How much a key changes the rate.
    static let percentOfKey = 10.0

    /// nil: the run has no rate that could be changed.
    private let changes: RateChanges?
    private let clock: @Sendable () -> UInt64
    private let stop: @Sendable () -> Void
    private let figures = Mutex(Figures())

    /// `stop` ends the run as an interruption does.
    init(
        _ changes: RateChanges?,
        clock: @escaping @Sendable () -> UInt64 = { SystemClock.monotonicNanoseconds() },
        stop: @escaping @Sendable () -> Void = { Interruption.request() }
    ) {
        self.changes = changes
        self.clock = clock
        self.stop = stop
    }

    /// Whether the rate can be changed.
    var hasRate: Bool { changes != nil }

    /// A second of the run has ended.
    func note(_ second: LoadSecond, _ totals: RunningTotals) {
        figures.withLock { $0 = Figures(second: second, totals: totals.tally) }
    }

    /// Does what a key stands for; any other key does nothing.
    func press(_ key: UInt8) {
        switch key {
        // The same key without and with Shift.
        case UInt8(ascii: "+"), UInt8(ascii: "="): change(.percent(Self.percentOfKey))
        case UInt8(ascii: "-"), UInt8(ascii: "_"): change(.percent(-Self.percentOfKey))
        case UInt8(ascii: "q"), UInt8(ascii: "Q"): stop()
        default: break
        }
    }

    private func change(_ wish: RateChanges.Wish) {
        // The live line tells the rate, whether it changed or not.
        _ = try? changes?.make(wish, nowNanoseconds: clock())
    }

    /// Answers a line of the control socket with a line: JSON without its newline.
    func answer(_ line: some StringProtocol, _ language: Language) -> [UInt8] {
        do throws(LoadError) {
            guard let command = RunCommand(line) else { throw LoadError(.notACommand) }
            switch command {
            case .rate(let wish): return try rate(wish)
            case .status: return status
            case .stop:
                stop()
                return Self.done { _ in }
            }
        } catch {
            return Self.refusal(error.message, language)
        }
    }

    private func rate(_ wish: RateChanges.Wish) throws(LoadError) -> [UInt8] {
        guard let changes else { throw LoadError(.rateNotChanged(.notRunning)) }
        do throws(RateChanges.Refusal) {
            let change = try changes.make(wish, nowNanoseconds: clock())
            return Self.done { json in
                json.member("rate", change.perSecond)
                json.member("rate_before", change.perSecondBefore)
                json.member("second", change.seconds)
            }
        } catch {
            throw LoadError(.rateNotChanged(error))
        }
    }

    /// The second that ended last, and the counts of the measured part.
    private var status: [UInt8] {
        let figures = figures.withLock { $0 }
        let (row, totals) = (SecondRow(figures.second), figures.totals)
        return Self.done { json in
            json.member("second", row.endSeconds)
            json.key("target")
            if let target = row.targetPerSecond { json.number(target) } else { json.null() }
            json.member("sent_per_second", row.sentPerSecond.rounded())
            json.member("answered_per_second", row.answeredPerSecond.rounded())
            json.member("p50_us", figures.second.microseconds(atPercentile: 50))
            json.member("p99_us", figures.second.microseconds(atPercentile: 99))
            json.member("outstanding", row.outstanding)
            json.member("sent", totals.sent)
            json.member("answered", totals.answered)
            json.member("lost", totals.lost)
            json.member("wrong", totals.wrong)
        }
    }

    static func refusal(_ message: UserMessage, _ language: Language) -> [UInt8] {
        answer(isDone: false) { json in
            json.member("code", message.code.description)
            json.member("error", message.text[language])
        }
    }

    private static func done(_ members: (inout JSONText) -> Void) -> [UInt8] { answer(isDone: true, members) }

    private static func answer(isDone: Bool, _ members: (inout JSONText) -> Void) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("ok")
            json.boolean(isDone)
            members(&json)
        }
        return json.take()
    }
}
