import Resolution
import ResolutionProtocol
import Testing

/// The wall clock jumps while questions come (case E1): answers go on, what is recognised is recognised by the other
/// clock, and what is told of time is that of the moment.
@Suite struct ClockJumpTests {
    private static let year: Int64 = 365 * 86_400

    /// Jumps of the wall clock, in seconds.
    private static let jumps: [Int64] = [0, 3_600, -3_600, 10 * year, -10 * year, 1, -1, -50 * year, 100 * year]

    @Test func E1AnswersGoOnAndTellTheTimeOfTheMoment() throws {
        let node = Registry.node()
        var nanoseconds = TestNode.now.nanoseconds
        for jump in Self.jumps {
            nanoseconds += 1_000_000
            let seconds = TestNode.now.unixSeconds + jump
            let time = BatchTime(unixSeconds: seconds, nanoseconds: nanoseconds)
            for asked in [Asked(.resolve(Registry.item)).overUDP, Asked(.resolve(Registry.item))] {
                let reply = node.reply(to: asked, at: time, latency: 1_000)
                #expect(reply.code == .success, "after a jump of \(jump) s")
                let expiration = try #require(reply.message).header.expiration
                #expect(expiration == UInt32(truncatingIfNeeded: seconds) &+ Header.lifetimeSeconds)
            }
        }
    }

    @Test func E1RepetitionsAreRecognisedWhateverTheWallClockSays() {
        let node = Registry.node()
        let asked = Asked(.resolve(Registry.item)).overUDP
        for (step, jump) in Self.jumps.enumerated() {
            let time = BatchTime(
                unixSeconds: TestNode.now.unixSeconds + jump,
                nanoseconds: TestNode.now.nanoseconds + UInt64(step) * 1_000_000
            )
            #expect(node.reply(to: asked, at: time).slot.isRepeated == (step > 0))
        }
        // Four seconds later by the clock that does not jump.
        let later = BatchTime(unixSeconds: 0, nanoseconds: TestNode.now.nanoseconds + 4_000_000_000)
        #expect(!node.reply(to: asked, at: later).slot.isRepeated)
    }
}
