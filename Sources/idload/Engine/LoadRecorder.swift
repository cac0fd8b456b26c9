/// Writes down what happens in a run: the whole of its measured part, and the second that goes on.
struct LoadRecorder: Sendable {
    /// What one second has counted so far.
    private struct Counts {
        var sent: UInt64 = 0
        var answered: UInt64 = 0
        var wrong: UInt64 = 0
        var lost: UInt64 = 0
        var response = LatencyHistogram()
    }

    /// The measured part.
    private(set) var tally = Tally()
    /// Of an open loop: from planned to actual sending.
    private(set) var timerError = LatencyHistogram()
    /// Whether an answer in time has come at all, in the warm-up or later.
    private(set) var hasAnswer = false
    /// When a question of the measured part was sent or answered in time, the last time.
    private(set) var lastActivityNanoseconds: UInt64
    private let measuredFromNanoseconds: UInt64
    private var second = Counts()

    init(measuredFromNanoseconds: UInt64 = 0) {
        self.measuredFromNanoseconds = measuredFromNanoseconds
        lastActivityNanoseconds = measuredFromNanoseconds
    }

    mutating func noteSent(plannedNanoseconds: UInt64, nowNanoseconds: UInt64) {
        second.sent += 1
        guard plannedNanoseconds >= measuredFromNanoseconds else { return }
        tally.sent += 1
        timerError.note(nanoseconds: nowNanoseconds &- plannedNanoseconds)
        lastActivityNanoseconds = nowNanoseconds
    }

    /// Of the questions just sent, the last of which was planned then, so many were not taken.
    mutating func noteUnsent(_ count: Int, plannedNanoseconds: UInt64) {
        guard plannedNanoseconds >= measuredFromNanoseconds else { return }
        tally.unsent += UInt64(count)
    }

    /// An answer in time.
    mutating func noteAnswer(to asked: OutstandingTable.Asked, nowNanoseconds: UInt64) {
        hasAnswer = true
        let response = nowNanoseconds &- asked.plannedNanoseconds
        second.answered += 1
        second.response.note(nanoseconds: response)
        guard isMeasured(asked) else { return }
        lastActivityNanoseconds = max(lastActivityNanoseconds, nowNanoseconds)
        tally.note(responseNanoseconds: response, serviceNanoseconds: nowNanoseconds &- asked.sentNanoseconds)
    }

    /// It was right in every way looked at.
    mutating func noteRight(_ asked: OutstandingTable.Asked) {
        if isMeasured(asked) { tally.right += 1 }
    }

    /// It was not.
    mutating func noteWrong(
        _ asked: OutstandingTable.Asked,
        _ fault: AnswerFault,
        _ sample: @autoclosure () -> Tally.Sample
    ) {
        second.wrong += 1
        guard isMeasured(asked) else { return }
        tally.wrong += 1
        tally.faults[fault, default: 0] += 1
        keep(.wrong, sample)
    }

    mutating func noteLate(_ asked: OutstandingTable.Asked, _ sample: @autoclosure () -> Tally.Sample) {
        guard isMeasured(asked) else { return }
        tally.late += 1
        keep(.late, sample)
    }

    mutating func noteDuplicate(_ asked: OutstandingTable.Asked, _ sample: @autoclosure () -> Tally.Sample) {
        guard isMeasured(asked) else { return }
        tally.duplicate += 1
        keep(.duplicate, sample)
    }

    mutating func noteUnexpected(nowNanoseconds: UInt64, _ sample: @autoclosure () -> Tally.Sample) {
        guard nowNanoseconds >= measuredFromNanoseconds else { return }
        tally.unexpected += 1
        keep(.unexpected, sample)
    }

    /// A question was given up.
    mutating func noteLost(_ asked: OutstandingTable.Asked, _ sample: @autoclosure () -> Tally.Sample) {
        second.lost += 1
        guard isMeasured(asked) else { return }
        tally.lost += 1
        keep(.lost, sample)
    }

    private mutating func keep(_ column: AnswerColumn, _ sample: () -> Tally.Sample) {
        if tally.wantsSample(of: column) { tally.keep(sample()) }
    }

    /// What has come since the last taking; the rest of a second is for others to say.
    mutating func takeSecond() -> LoadSecond {
        defer {
            second.sent = 0
            second.answered = 0
            second.wrong = 0
            second.lost = 0
            second.response.removeAll()
        }
        var ended = LoadSecond()
        ended.sent = second.sent
        ended.answered = second.answered
        ended.wrong = second.wrong
        ended.lost = second.lost
        ended.response = second.response
        return ended
    }

    private func isMeasured(_ asked: OutstandingTable.Asked) -> Bool {
        asked.plannedNanoseconds >= measuredFromNanoseconds
    }
}
