import ResolutionProtocol
import Testing

@testable import Resolution

@Suite struct CommandSetTests {
    private static let decided = CommandSet.Step.decided(code: 1, text: [])

    private static func set(_ count: Int, isAtomic: Bool = false, keeping: OutcomeName? = nil) -> CommandSet {
        CommandSet(Array(repeating: decided, count: count), isAtomic: isAtomic, keeping: keeping, unixSeconds: 1)
    }

    private static func name(request: Int = 16, owner: Int = 16, note: Int = 0) -> OutcomeName {
        OutcomeName(
            request: [UInt8](repeating: 0, count: request),
            owner: [UInt8](repeating: 0, count: owner),
            keepSeconds: 1,
            note: [UInt8](repeating: 0, count: note)
        )
    }

    @Test func boundsOfSteps() {
        #expect(!Self.set(0).isWithinBounds)
        #expect(Self.set(1).isWithinBounds)
        #expect(Self.set(4_096).isWithinBounds)
        #expect(!Self.set(4_097).isWithinBounds)
        #expect(Self.set(10_000, isAtomic: true).isWithinBounds)
        #expect(!Self.set(10_001, isAtomic: true).isWithinBounds)
    }

    @Test func boundsOfTexts() {
        let text = [UInt8](repeating: 0, count: 1_025)
        let long = CommandSet.Step.decided(code: 1, text: text)
        #expect(!CommandSet([long], unixSeconds: 1).isWithinBounds)
        let shorter = CommandSet.Step.decided(code: 1, text: Array(text.dropLast()))
        #expect(CommandSet([shorter], unixSeconds: 1).isWithinBounds)
        let origin = [UInt8](repeating: 0, count: 4_097)
        let change = Command.Change.removePrefix(prefix: [1])
        let command = Command(change, unixSeconds: 1, origin: origin)
        #expect(!CommandSet([.command(command)], unixSeconds: 1).isWithinBounds)
    }

    @Test func boundsOfNames() {
        #expect(Self.set(1, keeping: Self.name()).isWithinBounds)
        #expect(Self.set(1, keeping: Self.name(note: 4_096)).isWithinBounds)
        #expect(!Self.set(1, keeping: Self.name(note: 4_097)).isWithinBounds)
        for length in [0, 15, 17] {
            #expect(!Self.set(1, keeping: Self.name(request: length)).isWithinBounds)
            #expect(!Self.set(1, keeping: Self.name(owner: length)).isWithinBounds)
        }
    }
}
