internal import ResolutionProtocol

/// What a run has counted. Every datagram or message that came is in exactly one of right, wrong, late, duplicate and
/// unexpected (further packets of an answer in several belong to it).
struct Tally: Sendable {
    /// What was seen in a column, kept to be looked at.
    struct Sample: Sendable {
        let column: AnswerColumn
        /// What was wrong; nil in other columns.
        let fault: AnswerFault?
        /// What was asked for; empty where nobody knows.
        let identifier: [UInt8]
        /// The packet as it came; of a lost question the question as it went out, without its envelope.
        let packet: [UInt8]

        init(_ column: AnswerColumn, fault: AnswerFault? = nil, identifier: [UInt8] = [], packet: RawSpan) {
            self.column = column
            self.fault = fault
            self.identifier = identifier
            self.packet = [UInt8](packet)
        }
    }

    /// Samples of each column.
    static let sampleCountMax = 10

    /// Questions handed to the system.
    var sent: UInt64 = 0
    /// Questions that the system, or a connection that was full or away, did not take; they count as sent and as lost.
    var unsent: UInt64 = 0
    /// Answers that were right in every way looked at.
    var right: UInt64 = 0
    /// Answers in time that were not.
    var wrong: UInt64 = 0
    /// Questions without an answer in time.
    var lost: UInt64 = 0
    /// Answers to questions given up before; those stay lost.
    var late: UInt64 = 0
    /// Answers to questions answered before.
    var duplicate: UInt64 = 0
    /// What cannot be matched to any question.
    var unexpected: UInt64 = 0
    /// Connections that ended under us.
    var disconnected: UInt64 = 0
    /// Connections made; those before the first question too.
    var connected: UInt64 = 0
    /// Connections that could not be made.
    var unconnected: UInt64 = 0
    /// Of these: because the system had no local port left.
    var withoutPort: UInt64 = 0
    /// Wrong answers by what was wrong.
    var faults: [AnswerFault: UInt64] = [:]
    /// The first of each column, in the order in which they were seen.
    private(set) var samples: [Sample] = []
    private var sampleCounts: [AnswerColumn: Int] = [:]
    /// From the planned sending to the answer; of all answers in time, the wrong ones too.
    var response = LatencyHistogram()
    /// From the actual sending to the answer.
    var service = LatencyHistogram()

    /// Answers in time.
    var answered: UInt64 { right + wrong }

    /// Takes over what became of the connections of the measured part.
    mutating func note(_ connections: ConnectionCounts, since warmup: ConnectionCounts) {
        connected = connections.made - warmup.made
        disconnected = connections.ended - warmup.ended
        unconnected = connections.failed - warmup.failed
        withoutPort = connections.withoutPort - warmup.withoutPort
    }

    mutating func note(responseNanoseconds: UInt64, serviceNanoseconds: UInt64) {
        response.note(nanoseconds: responseNanoseconds)
        service.note(nanoseconds: serviceNanoseconds)
    }

    /// Whether another sample of a column is kept.
    func wantsSample(of column: AnswerColumn) -> Bool { sampleCounts[column, default: 0] < Self.sampleCountMax }

    /// Keeps a sample, as long as its column wants one.
    mutating func keep(_ sample: Sample) {
        guard wantsSample(of: sample.column) else { return }
        sampleCounts[sample.column, default: 0] += 1
        samples.append(sample)
    }

    /// Adds what was counted elsewhere.
    mutating func add(_ other: Tally) {
        sent += other.sent
        unsent += other.unsent
        right += other.right
        wrong += other.wrong
        lost += other.lost
        late += other.late
        duplicate += other.duplicate
        unexpected += other.unexpected
        disconnected += other.disconnected
        connected += other.connected
        unconnected += other.unconnected
        withoutPort += other.withoutPort
        faults.merge(other.faults, uniquingKeysWith: +)
        for sample in other.samples { keep(sample) }
        response.add(other.response)
        service.add(other.service)
    }

    /// The response time that `percent` of all questions stay within, in microseconds; nil: that one is among the lost.
    func microseconds(atPercentile percent: Double) -> UInt64? {
        response.microseconds(atPercentile: percent, lost: lost)
    }

    /// The same of the service time.
    func serviceMicroseconds(atPercentile percent: Double) -> UInt64? {
        service.microseconds(atPercentile: percent, lost: lost)
    }

    /// Lost questions of those sent, 0...1.
    var lossShare: Double { sent > 0 ? Double(lost) / Double(sent) : 0 }
}
