import Synchronization

/// The queue behind a `Mailbox`: many threads append, one takes all there is.
final class MessageQueue<Message: Sendable>: Sendable {
    /// What became of a message.
    enum Outcome {
        /// It is the only one waiting: the taker must be woken.
        case first
        /// Others wait before it: the taker has been woken for them.
        case further
        /// The queue is full or closed.
        case refused
    }

    private struct State {
        var messages: [Message] = []
        var isOpen = true
        var acceptedCount: UInt64 = 0
        var refusedCount: UInt64 = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    func append(_ message: Message) -> Outcome {
        state.withLock { state in
            guard state.isOpen, state.messages.count < capacity else {
                state.refusedCount += 1
                return .refused
            }
            state.messages.append(message)
            state.acceptedCount += 1
            return state.messages.count == 1 ? .first : .further
        }
    }

    func takeAll() -> [Message] {
        state.withLock { state in
            var taken: [Message] = []
            swap(&taken, &state.messages)
            return taken
        }
    }

    /// Refuses from now on, and hands back what nobody took.
    func close() -> [Message] {
        state.withLock { state in
            state.isOpen = false
            var left: [Message] = []
            swap(&left, &state.messages)
            return left
        }
    }

    var count: Int { state.withLock { $0.messages.count } }
    var acceptedCount: UInt64 { state.withLock { $0.acceptedCount } }
    var refusedCount: UInt64 { state.withLock { $0.refusedCount } }
}
