/// A bounded queue through which any thread hands messages to a loop.
///
/// Messages of one sender arrive in the order in which they were posted. An open mailbox keeps its loop going:
/// `close()` lets go of it.
package final class Mailbox<Message: Sendable>: Sendable {
    private let queue: MessageQueue<Message>
    private let wakeup: Wakeup

    /// Call on the loop's thread; `receive` is called there, once per message, and `received` after the last of those
    /// that were taken together.
    package init(
        on loop: borrowing EventLoop,
        capacity: Int,
        receive: @escaping (Message) -> Void,
        received: @escaping () -> Void = {}
    ) throws(EventLoopError) {
        let queue = MessageQueue<Message>(capacity: capacity)
        self.queue = queue
        wakeup = try Wakeup(on: loop) {
            for message in queue.takeAll() { receive(message) }
            received()
        }
    }

    /// Queues the message and wakes the loop. False, and counted, when the queue is full or the mailbox closed: the
    /// message is not delivered.
    package func post(_ message: Message) -> Bool {
        switch queue.append(message) {
        case .first:
            wakeup.wake()
            return true
        case .further: return true
        case .refused: return false
        }
    }

    /// How many messages wait for the loop.
    package var waitingCount: Int { queue.count }

    /// How many messages were taken since the start.
    package var acceptedCount: UInt64 { queue.acceptedCount }

    /// How many messages were refused since the start.
    package var refusedCount: UInt64 { queue.refusedCount }

    /// Refuses all further messages and returns those still waiting. Call on the loop's thread.
    @discardableResult
    package func close() -> [Message] {
        let left = queue.close()
        wakeup.close()
        return left
    }
}
