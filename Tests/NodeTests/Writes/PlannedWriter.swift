import EventLoop
import ResolutionClient
import ResolutionProtocol
import Synchronization

/// A client that carries out a plan over one connection, pipelined, in an authenticated session, on a thread of its
/// own. What has no answer when the node is gone is asked again first, with the same RequestIds and bytes.
final class PlannedWriter: Sendable {
    /// What it has done and is doing.
    struct Progress: Sendable {
        var plan: WritePlan
        /// Operations without an answer, as they were begun.
        var pending: [WriteOperation] = []
        /// Messages that are to be sent before further operations are begun.
        var queue: [Message] = []
        var goesOn = false
        var acknowledgedCount = 0
        var sentAgainCount = 0
        /// What it was answered that it should not have been.
        var fault: String?
    }

    private static let inFlightMax = 16
    private let progress: Mutex<Progress>
    private let thread = Mutex<NamedThread?>(nil)

    init(_ plan: WritePlan) { progress = Mutex(Progress(plan: plan)) }

    var current: Progress { progress.withLock { $0 } }

    /// Begins: first what has no answer; with `goesOn` new operations after that, until the node is gone.
    func start(_ node: AdministeredNode, as administrator: TestAdministrator, goesOn: Bool) throws {
        progress.withLock { $0.startAgain(goesOn: goesOn) }
        let started = try NamedThread(name: "writer") { [weak self] in self?.run(node, administrator) }
        thread.withLock { $0 = started }
    }

    /// Waits until the node is gone, or what had no answer has one.
    func finish() -> Progress {
        thread.withLock { $0.take() }?.join()
        return current
    }

    /// All that was asked for has been answered and found.
    func settle() { progress.withLock { $0.plan.settle() } }

    private func run(_ node: AdministeredNode, _ administrator: TestAdministrator) {
        let client = node.client(administrator) { $0.inFlightMax = Self.inFlightMax }
        do {
            try client.askAll(next: { progress.withLock { $0.next() } }) { id, outcome in
                progress.withLock { $0.note(outcome, of: id) }
            }
            client.end()
        } catch AdministrationError.asking(let error) where error.failure.isUnreachable {
            // The node was killed.
        } catch {
            progress.withLock { $0.fault = "\(error)" }
        }
    }
}

extension PlannedWriter.Progress {
    fileprivate mutating func startAgain(goesOn: Bool) {
        self.goesOn = goesOn
        for index in pending.indices { pending[index].startAgain() }
        queue = pending.flatMap(\.messages).reversed()
        sentAgainCount += pending.count
    }

    fileprivate mutating func next() -> Message? {
        guard fault == nil else { return nil }
        if queue.isEmpty, goesOn {
            let operation = plan.next()
            pending.append(operation)
            queue = operation.messages.reversed()
        }
        return queue.popLast()
    }

    /// Notes an answer; false when something is wrong.
    fileprivate mutating func note(_ outcome: Result<Message, AskFailure>, of requestID: UInt32) -> Bool {
        guard let index = pending.firstIndex(where: { $0.unanswered.contains(requestID) }) else {
            fault = "an answer to no request"
            return false
        }
        switch outcome {
        case .failure(let failure): fault = "\(failure)"
        case .success(let answer): fault = pending[index].fault(of: answer)
        }
        guard fault == nil else { return false }
        pending[index].note(answerTo: requestID)
        guard pending[index].unanswered.isEmpty else { return true }
        acknowledgedCount += 1
        plan.acknowledge(pending.remove(at: index))
        return true
    }
}
