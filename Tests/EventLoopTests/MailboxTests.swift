import EventLoop
import Synchronization
import Testing

@Suite struct MailboxTests {
    @Test func refusesAndCountsBeyondItsCapacity() throws {
        let loop = try EventLoop()
        var received: [Int] = []
        let mailbox = try Mailbox<Int>(on: loop, capacity: 3) { received.append($0) }
        let outcomes = (0..<5).map { mailbox.post($0) }
        #expect(outcomes == [true, true, true, false, false])
        #expect(mailbox.waitingCount == 3)
        #expect(mailbox.acceptedCount == 3 && mailbox.refusedCount == 2)
        loop.runOnceWithoutWaiting()
        #expect(received == [0, 1, 2])
        #expect(mailbox.post(9), "there is room again")
        loop.runOnceWithoutWaiting()
        #expect(received == [0, 1, 2, 9])
        #expect(mailbox.post(10))
        let left = mailbox.close()
        #expect(left == [10])
        #expect(!mailbox.post(11), "a closed mailbox took a message")
        runToEnd(loop)
        #expect(received == [0, 1, 2, 9])
    }

    @Test func saysWhenAllThatWereTakenTogetherHaveBeenReceived() throws {
        let loop = try EventLoop()
        var events: [Int] = []
        let mailbox = try Mailbox<Int>(
            on: loop,
            capacity: 8,
            receive: { events.append($0) },
            received: { events.append(-1) }
        )
        #expect(mailbox.post(1) && mailbox.post(2))
        loop.runOnceWithoutWaiting()
        #expect(mailbox.post(3))
        loop.runOnceWithoutWaiting()
        #expect(events == [1, 2, -1, 3, -1])
        _ = mailbox.close()
        runToEnd(loop)
    }

    @Test func manySendersLoseNothingAndKeepTheirOrder() throws {
        let (senderCount, messageCount) = (4, 5_000)
        let loop = try EventLoop()
        let stopper = loop.stopper()
        var last = [Int](repeating: -1, count: senderCount)
        var isInOrder = true
        var total = 0
        let mailbox = try Mailbox<(sender: Int, number: Int)>(on: loop, capacity: 64) { message in
            isInOrder = isInOrder && message.number == last[message.sender] + 1
            last[message.sender] = message.number
            total += 1
            if total == senderCount * messageCount { stopper.stop() }
        }
        let threads = try (0..<senderCount).map { sender in
            try NamedThread(name: "sender-\(sender)") {
                for number in 0..<messageCount {
                    while !mailbox.post((sender, number)) { pauseBriefly() }
                }
            }
        }
        try runUntilStopped(loop)
        for thread in threads { thread.join() }
        #expect(isInOrder)
        #expect(total == senderCount * messageCount)
        #expect(mailbox.acceptedCount == UInt64(total))
        mailbox.close()
        runToEnd(loop)
    }
}
