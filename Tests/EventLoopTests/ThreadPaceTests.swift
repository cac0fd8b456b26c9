import EventLoop
import Glibc
import Synchronization
import Testing

@Suite struct ThreadPaceTests {
    private static func ownNice() -> Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }

    private final class Found: Sendable { let nice = Atomic<Int32>(.min) }

    private static func nice(of pace: ThreadPace?) throws -> Int32 {
        let found = Found()
        try NamedThread(name: "paced", pace: pace) { found.nice.store(ownNice(), ordering: .releasing) }.join()
        return found.nice.load(ordering: .acquiring)
    }

    @Test func aThreadIsNicerThanItsProcessAsItsPaceSays() throws {
        let own = Self.ownNice()
        #expect(try Self.nice(of: nil) == own)
        #expect(try Self.nice(of: .prompt) == own)
        #expect(try Self.nice(of: .patient) == min(19, own + 5))
        #expect(try Self.nice(of: .slow) == min(19, own + 13))
    }

    @Test func aTurnMakesItsThreadPatientAndNoOther() throws {
        let own = Self.ownNice()
        let found = Mutex<Int32>(.min)
        let thread = try NamedThread(name: "turns") {
            let turn = ThreadTurn()
            for _ in 0..<1_000 { turn.giveWay() }
            found.withLock { $0 = Self.ownNice() }
        }
        thread.join()
        #expect(found.withLock { $0 } == min(19, own + 5))
        #expect(Self.ownNice() == own)
    }
}
