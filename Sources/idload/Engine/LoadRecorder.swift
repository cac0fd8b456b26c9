/// Writes down what happens in a run: the whole of its measured part, and the second that goes on.
struct LoadRecorder: Sendable {
    /// The measured part.
    private(set) var tally = Tally()
    /// Of an open loop: from planned to actual sending.
    private(set) var timerError = LatencyHistogram()
    /// Whether an answer in time has come at all, in the warm-up or later.
    private(set) var hasAnswer = false
    /// When a question of the measured part was sent or answered in time, the last time.
    private(set) var lastActivityNanoseconds: UInt64
    private let measuredFromNanoseconds: UInt64
    private var second = LoadSecond()

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
        second.unsent += UInt64(count)
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
        if isMeasured(asked) { tally.faults[fault, default: 0] += 1 }
        note(.wrong, isMeasured: isMeasured(asked), sample)
    }

    /// It was given up, or a further answer came.
    mutating func note(
        _ column: AnswerColumn,
        _ asked: OutstandingTable.Asked,
        _ sample: @autoclosure () -> Tally.Sample
    ) {
        note(column, isMeasured: isMeasured(asked), sample)
    }

    /// Something came that answers no question.
    mutating func noteUnexpected(nowNanoseconds: UInt64, _ sample: @autoclosure () -> Tally.Sample) {
        note(.unexpected, isMeasured: nowNanoseconds >= measuredFromNanoseconds, sample)
    }

    private mutating func note(_ column: AnswerColumn, isMeasured: Bool, _ sample: () -> Tally.Sample) {
        second[column] += 1
        guard isMeasured else { return }
        tally[column] += 1
        if tally.wantsSample(of: column) { tally.keep(sample()) }
    }

    /// What has come since the last taking; the rest of a second is for others to say.
    mutating func takeSecond() -> LoadSecond {
        var ended = LoadSecond()
        swap(&ended, &second)
        return ended
    }

    private func isMeasured(_ asked: OutstandingTable.Asked) -> Bool {
        asked.plannedNanoseconds >= measuredFromNanoseconds
    }
}
