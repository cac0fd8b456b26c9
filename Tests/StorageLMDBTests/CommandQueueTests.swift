import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

/// A queue that expressions may change.
private final class QueueBox {
    private var queue = CommandQueue()
    func append(_ new: CommandQueue.Waiting) -> Bool { queue.append(new) }
    func takeGroup() -> [CommandQueue.Waiting] { queue.takeGroup() }
    var commandCount: Int { queue.commandCount }
    var byteCount: Int { queue.byteCount }
    var isEmpty: Bool { queue.isEmpty }
}

@Suite struct CommandQueueTests {
    private func waiting(_ stepCount: Int, byteCount: Int = 0) -> CommandQueue.Waiting {
        let steps = Array(repeating: CommandSet.Step.decided(code: 1, text: []), count: stepCount)
        return CommandQueue.Waiting(set: CommandSet(steps, unixSeconds: 1), byteCount: byteCount) { _ in }
    }

    @Test func theQueueIsBoundedInCommands() {
        let queue = QueueBox()
        #expect(queue.append(waiting(CommandQueue.commandCountMax - 10)))
        #expect(!queue.append(waiting(11)))
        #expect(queue.append(waiting(10)))
        #expect(queue.commandCount == CommandQueue.commandCountMax)
        #expect(!queue.append(waiting(1)))
        #expect(queue.takeGroup().count == 1, "one whole set, as large as it is")
        #expect(queue.commandCount == 10)
        #expect(queue.takeGroup().count == 1)
        #expect(queue.isEmpty && queue.commandCount == 0 && queue.byteCount == 0)
        #expect(queue.append(waiting(CommandSet.atomicStepCountMax)), "the largest set fits an empty queue")
    }

    @Test func theQueueIsBoundedInBytes() {
        let queue = QueueBox()
        #expect(queue.append(waiting(1, byteCount: CommandQueue.byteCountMax - 1)))
        #expect(!queue.append(waiting(1, byteCount: 2)))
        #expect(queue.append(waiting(1, byteCount: 1)))
        _ = queue.takeGroup()
        #expect(queue.byteCount == 0)
    }

    @Test func aGroupHasAtMostAThousandCommandsOfWholeSets() {
        let queue = QueueBox()
        for _ in 0..<7 { #expect(queue.append(waiting(300, byteCount: 10))) }
        #expect(queue.takeGroup().count == 3)
        #expect(queue.commandCount == 1_200)
        #expect(queue.byteCount == 40)
        #expect(queue.takeGroup().count == 3)
        #expect(queue.takeGroup().count == 1)
        #expect(queue.isEmpty)
    }

    @Test func theBytesOfASetAreThoseOfItsNamesAndValues() throws {
        let name = try StoreSuite.identifier("88.1/" + String(repeating: "n", count: 1_000))
        let value = StoreSuite.value(String(repeating: "v", count: 100_000))
        let put = Command(.put(name: name, values: [value, value], expecting: .absent), unixSeconds: 1, origin: [])
        let set = CommandSet([.command(put), .decided(code: 1, text: [1, 2, 3])], unixSeconds: 1)
        #expect((201_000..<202_000).contains(set.byteCount))
    }
}
