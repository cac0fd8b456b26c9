/// Writes down what happens in a run: the whole of its measured part, and the second that goes on.
struct LoadRecorder {
    /// What one second has counted so far.
    private struct Counts {
        var sent: UInt64 = 0
        var answered: UInt64 = 0
        var wrong: UInt64 = 0
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

    init(measuredFromNanoseconds: UInt64) {
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
        identifier: [UInt8],
        packet: [UInt8]
    ) {
        second.wrong += 1
        if isMeasured(asked) { tally.note(fault, identifier: identifier, packet: packet) }
    }

    mutating func noteLate(_ asked: OutstandingTable.Asked) {
        if isMeasured(asked) { tally.late += 1 }
    }

    mutating func noteDuplicate(_ asked: OutstandingTable.Asked) {
        if isMeasured(asked) { tally.duplicate += 1 }
    }

    mutating func noteUnexpected(nowNanoseconds: UInt64) {
        if nowNanoseconds >= measuredFromNanoseconds { tally.unexpected += 1 }
    }

    /// What has come since the last taking; the rest of a second is for others to say.
    mutating func takeSecond() -> LoadSecond {
        defer {
            second.sent = 0
            second.answered = 0
            second.wrong = 0
            second.response.removeAll()
        }
        var ended = LoadSecond()
        ended.sent = second.sent
        ended.answered = second.answered
        ended.wrong = second.wrong
        ended.response = second.response
        return ended
    }

    private func isMeasured(_ asked: OutstandingTable.Asked) -> Bool {
        asked.plannedNanoseconds >= measuredFromNanoseconds
    }
}
