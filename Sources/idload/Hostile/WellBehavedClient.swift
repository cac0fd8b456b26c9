internal import Console
internal import EventLoop
internal import Glibc
internal import ResolutionClient
internal import ResolutionProtocol
internal import Synchronization

/// A client that asks one question a second over a connection of its own, as long as it lives, and notes how it fares.
final class WellBehavedClient: Sendable {
    private static let pauseNanoseconds: UInt64 = 1_000_000_000
    /// What a person waits for an answer.
    private static let timeouts = AskTimeouts(connect: 3_000, answer: 3_000)

    private let client: BlockingClient
    private let identifier: [UInt8]
    private let tally = Mutex(ProbeTally())
    private let isStopping = Atomic<Bool>(false)

    init(_ server: SocketAddress, identifier: [UInt8]) {
        client = BlockingClient(server: server, transport: .tcp, timeouts: Self.timeouts)
        self.identifier = identifier
    }

    /// Asks once; why there is no right answer, nil: there is.
    func askOnce() -> LocalizedText? {
        do throws(AskError) {
            let code = try client.ask(.resolution(of: identifier)).header.responseCode
            guard code != .success else { return nil }
            return LocalizedText(english: "response code \(code.rawValue)", chinese: "响应码 \(code.rawValue)")
        } catch {
            return LocalizedText(english: "\(error)", chinese: error.chineseDescription)
        }
    }

    /// Asks again and again, on the calling thread, until `stop`.
    func run() {
        while !isStopping.load(ordering: .relaxed) {
            let began = SystemClock.monotonicNanoseconds()
            ask(began)
            while !isStopping.load(ordering: .relaxed),
                SystemClock.monotonicNanoseconds() < began &+ Self.pauseNanoseconds
            {
                usleep(10_000)
            }
        }
    }

    private func ask(_ began: UInt64) {
        let failure = askOnce()
        let taken = SystemClock.monotonicNanoseconds() &- began
        tally.withLock { tally in
            tally.asked += 1
            if let failure {
                tally.failure = failure
            } else {
                tally.answered += 1
                tally.times.note(nanoseconds: taken)
            }
        }
    }

    /// Ends `run`, after its present question.
    func stop() { isStopping.store(true, ordering: .relaxed) }

    /// What it has seen so far.
    var result: ProbeTally { tally.withLock { $0 } }
}
