internal import Console
internal import EventLoop
internal import Glibc
internal import RecordFiles
internal import ResolutionProtocol

/// Looks every row of a file up over one transport.
final class VerifyRun {
    /// Bytes of requests of a batch; they fit into a socket's buffers at their smallest.
    private static let requestByteCountMax = 32 << 10
    /// What is told of each row that differs.
    typealias Report = (_ row: Int, _ name: [UInt8], _ outcome: LookupOutcome) throws(CommandFailure) -> Void

    private let input: ImportInput
    private let link: any LookupLink
    private let server: SocketAddress
    private let session: Session
    private var progress: ProgressLine
    private let start = ContinuousClock.now
    /// What has come of the rows so far.
    private(set) var tally = VerifyTally()

    init(_ input: ImportInput, link: any LookupLink, server: SocketAddress, label: String, session: Session) {
        self.input = input
        self.link = link
        self.server = server
        self.session = session
        progress = ProgressLine(
            label: label,
            total: nil,
            terminal: session.errorTerminal,
            language: session.language
        )
    }

    /// Since the run was made.
    var elapsed: Duration { ContinuousClock.now - start }

    /// Looks all rows up; `report` is told of those that differ, in the file's order within a batch.
    func run(_ report: Report) throws(CommandFailure) {
        let reader = try readable { () throws(RecordFileError) in try input.reader() }
        var row = RecordRow()
        var batch = LookupBatch(countMax: link.batchCountMax, requestByteCountMax: Self.requestByteCountMax)
        var isDone = false
        while !isDone {
            batch.removeAll()
            while !isDone, !batch.isFull {
                switch try readable({ () throws(RecordFileError) in try reader.next(into: &row) }) {
                case .end: isDone = true
                case .rejected: tally.unreadableCount += 1
                case .record: batch.append(row)
                }
            }
            try lookUp(batch, report)
            let text = progress.update(done: UInt64(tally.readCount), at: elapsed)
            if let text { session.note(text) }
            if Interruption.isRequested { throw .interrupted() }
        }
        if let text = progress.finish(done: UInt64(tally.readCount), at: elapsed) { session.note(text) }
    }

    private func lookUp(_ batch: borrowing LookupBatch, _ report: Report) throws(CommandFailure) {
        var wrong: [(place: Int, outcome: LookupOutcome)] = []
        do throws(LookupFailure) {
            try link.ask(batch) { place, outcome in
                tally.readCount += 1
                tally.note(outcome)
                if outcome != .same { wrong.append((place, outcome)) }
            }
        } catch {
            throw Self.failure(error, server: server, answered: tally.readCount)
        }
        for (place, outcome) in wrong.sorted(by: { $0.place < $1.place }) {
            let item = batch.items[place]
            try report(item.row, batch.withName(of: item) { $0.withUnsafeBytes { Array($0) } }, outcome)
        }
    }

    /// What a failure of the link means to a person, after so many answers.
    static func failure(_ error: LookupFailure, server: SocketAddress, answered: Int) -> CommandFailure {
        switch error {
        case .interrupted: .interrupted()
        case .malformed: CommandFailure(.malformedAnswer("\(server)"))
        case .system(let number):
            CommandFailure(
                .verificationStopped("\(server)", SystemReason(errorNumber: number), answered: answered),
                exit: .outcomeUnknown
            )
        }
    }

    private func readable<Value>(_ body: () throws(RecordFileError) -> Value) throws(CommandFailure) -> Value {
        do throws(RecordFileError) { return try body() } catch {
            throw CommandFailure(.recordFile(error, path: input.path))
        }
    }
}
