internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// A place for a connection that takes so many questions and is closed when all of them are answered; the next one is
/// made with the next question, whose waiting includes the making.
final class ShortConnection {
    let connection: TCPConnection
    private let questionCountMax: Int
    private let timeoutNanoseconds: UInt64
    /// Questions that the present connection took.
    private var questionCount = 0
    private var waiting: Set<UInt32> = []
    private var lastNanoseconds: UInt64 = 0

    init(_ connection: TCPConnection, questionCountMax: Int, timeoutNanoseconds: UInt64) {
        self.connection = connection
        self.questionCountMax = questionCountMax
        self.timeoutNanoseconds = timeoutNanoseconds
    }

    /// How many questions it takes now.
    func room(nowNanoseconds: UInt64) -> Int {
        let isThere = connection.descriptor >= 0 || connection.isDue(nowNanoseconds: nowNanoseconds)
        return isThere ? questionCountMax - questionCount : 0
    }

    /// Takes a question, on a new connection where none is there.
    func queue(_ question: UnsafePointer<OutgoingQuestion>, nowNanoseconds: UInt64) {
        attempt { () throws(AskFailure) in
            if connection.descriptor < 0 { try connection.begin() }
            connection.queue(question)
            waiting.insert(question.pointee.requestID)
            questionCount += 1
            lastNanoseconds = nowNanoseconds
        }
    }

    /// Sends and receives; ends the connection when it has done its part, or has waited too long.
    func work(nowNanoseconds: UInt64, _ take: (RawSpan, UInt64) -> Void) -> Int {
        var count = 0
        attempt { () throws(AskFailure) in
            try connection.send()
            count = try connection.receive { message, now in
                var reader = WireReader(message)
                if let envelope = try? Envelope(anyLengthFrom: &reader) { waiting.remove(envelope.requestID) }
                take(message, now)
            }
        }
        if isOverdue(nowNanoseconds: nowNanoseconds) {
            // What is still waited for is lost by now.
            if connection.isOpen { waiting.removeAll() } else { fail(.connectTimedOut(milliseconds: 0)) }
        }
        if questionCount >= questionCountMax, waiting.isEmpty {
            connection.close()
            forget()
        }
        return count
    }

    /// Whether what it waits for will not come any more.
    func isOverdue(nowNanoseconds: UInt64) -> Bool {
        !waiting.isEmpty && nowNanoseconds >= lastNanoseconds &+ timeoutNanoseconds
    }

    func attempt(_ work: () throws(AskFailure) -> Void) {
        do throws(AskFailure) { try work() } catch { fail(error) }
    }

    private func fail(_ failure: AskFailure) {
        connection.close(after: failure, nowNanoseconds: SystemClock.monotonicNanoseconds())
        forget()
    }

    private func forget() {
        questionCount = 0
        waiting.removeAll(keepingCapacity: true)
    }
}
