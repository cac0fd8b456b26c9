import EventLoop
import ResolutionProtocol

@testable import ResolutionClient

/// What came of some questions that were asked at once on a loop.
struct AskingRun {
    /// In the order of the questions.
    let outcomes: [LoopAsking.Outcome]
    /// As of the last one.
    let figures: LoopAskingFigures

    /// Asks all of them and runs the loop until the last has ended; `begun` is called once all are under way.
    static func ask(
        _ questions: [Message],
        at server: SocketAddress,
        over transport: AskTransport = .automatic,
        limits: LoopAskingLimits = LoopAskingLimits(),
        timeouts: AskTimeouts,
        begun: (LoopAsking) -> Void = { _ in }
    ) throws -> AskingRun {
        let loop = try EventLoop()
        let asking = try LoopAsking(on: loop, limits: limits, timeouts: timeouts)
        var outcomes: [Int: LoopAsking.Outcome] = [:]
        var figures = LoopAskingFigures()
        for (number, question) in questions.enumerated() {
            asking.ask(question, at: server, over: transport) { outcome in
                outcomes[number] = outcome
                guard outcomes.count == questions.count else { return }
                figures = asking.figures
                asking.close()
            }
        }
        begun(asking)
        loop.run()
        return AskingRun(outcomes: outcomes.sorted { $0.key < $1.key }.map(\.value), figures: figures)
    }
}
