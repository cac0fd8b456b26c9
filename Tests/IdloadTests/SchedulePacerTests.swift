import Testing

@testable import idload

struct SchedulePacerTests {
    /// Sends all that is due at each time, and returns how many that were.
    private func sendings(
        _ shape: Schedule.Shape,
        catchesUp: Bool = false,
        at milliseconds: [UInt64],
        check: (borrowing SchedulePacer) -> Void = { _ in }
    ) -> [Int] {
        var pacer = SchedulePacer(Schedule(shape, seconds: 10), catchesUp: catchesUp)
        var counts: [Int] = []
        for millisecond in milliseconds {
            let now = millisecond * 1_000_000
            pacer.look(elapsedNanoseconds: now)
            var count = 0
            while !pacer.isAtEnd, pacer.nextNanoseconds <= now {
                pacer.advance()
                count += 1
            }
            counts.append(count)
        }
        check(pacer)
        return counts
    }

    @Test func L4_onTimeEverythingIsSent() {
        let counts = sendings(.constant(1_000), at: Array(0...10_000)) { pacer in
            let (notSent, backlog, isAtEnd) = (pacer.notSentCount, pacer.backlogMax, pacer.isAtEnd)
            #expect(notSent == 0)
            #expect(backlog <= 2)
            #expect(isAtEnd)
        }
        #expect(counts.reduce(0, +) == 10_000)
        #expect(counts.allSatisfy { $0 <= 2 })
    }

    @Test func L4_aStallIsNotCaughtUpAndCounted() {
        let counts = sendings(.constant(10_000), at: [0, 100, 600, 601]) { pacer in
            let (notSent, backlog) = (pacer.notSentCount, pacer.backlogMax)
            // Of the 999 due after 100 ms and the 5,000 after 600 ms those of 10 ms each are sent.
            #expect((5_700...5_800).contains(notSent))
            #expect((4_990...5_010).contains(backlog))
        }
        #expect(counts[0] == 1)
        #expect((99...102).contains(counts[1]))
        #expect((99...102).contains(counts[2]))
        #expect((9...11).contains(counts[3]))
    }

    @Test func L4_catchingUpSendsEverything() {
        let counts = sendings(.constant(10_000), catchesUp: true, at: [0, 600]) { pacer in
            let (notSent, backlog) = (pacer.notSentCount, pacer.backlogMax)
            #expect(notSent == 0)
            #expect((5_999...6_001).contains(backlog))
        }
        #expect((6_000...6_002).contains(counts[0] + counts[1]))
    }

    @Test func L4_aLateQuestionGoesOutWhereTheNextIsNotDue() {
        // One a second, 300 ms late each time: nothing is left out.
        let counts = sendings(.constant(1), at: [300, 1_300, 2_300]) { pacer in
            let notSent = pacer.notSentCount
            #expect(notSent == 0)
        }
        #expect(counts == [1, 1, 1])
        // After 4.5 s four of five are too late.
        let stalled = sendings(.constant(1), at: [4_500]) { pacer in
            let notSent = pacer.notSentCount
            #expect(notSent == 4)
        }
        #expect(stalled == [1])
    }
}
