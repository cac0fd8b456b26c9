import Testing

@testable import idload

struct OutstandingTableTests {
    private func asked(_ question: Int, _ nanoseconds: UInt64) -> OutstandingTable.Asked {
        OutstandingTable.Asked(question: question, plannedNanoseconds: nanoseconds, sentNanoseconds: nanoseconds)
    }

    @Test func anAnswerIsTakenOnce() throws {
        var table = OutstandingTable(firstID: 5, timeoutNanoseconds: 100, capacity: 1_024)
        let added1 = table.add(question: 3, plannedNanoseconds: 10, nowNanoseconds: 10)
        let id = try #require(added1)
        #expect(id == 5)
        let first = table.take(id)
        #expect(first == .waiting(asked(3, 10)))
        let second = table.take(id)
        #expect(second == .duplicate(asked(3, 10)))
        let other = table.take(6)
        #expect(other == .unknown)
        let zero = table.take(0)
        #expect(zero == .unknown)
    }

    @Test func whatWaitsTooLongIsLostAndThenLate() throws {
        var table = OutstandingTable(firstID: 1, timeoutNanoseconds: 100, capacity: 1_024)
        let added2 = table.add(question: 0, plannedNanoseconds: 0, nowNanoseconds: 0)
        let early = try #require(added2)
        let added3 = table.add(question: 1, plannedNanoseconds: 50, nowNanoseconds: 50)
        let later = try #require(added3)
        let tooEarly = table.giveUp(nowNanoseconds: 99)
        #expect(tooEarly == nil)
        let lost = table.giveUp(nowNanoseconds: 100)
        #expect(lost == asked(0, 0))
        let another = table.giveUp(nowNanoseconds: 100)
        #expect(another == nil)
        let count8 = table.waitingCount
        #expect(count8 == 1)
        let match = table.take(early)
        #expect(match == .late(asked(0, 0)))
        let other = table.take(later)
        #expect(other == .waiting(asked(1, 50)))
    }

    @Test func idsGoRoundWithoutZero() throws {
        var table = OutstandingTable(firstID: 0x7FFF_FFFF, timeoutNanoseconds: 100, capacity: 1_024)
        let added4 = table.add(question: 0, plannedNanoseconds: 0, nowNanoseconds: 0)
        let last = try #require(added4)
        let added5 = table.add(question: 1, plannedNanoseconds: 0, nowNanoseconds: 0)
        let next = try #require(added5)
        #expect(last == 0x7FFF_FFFF)
        #expect(next == 1)
        let match = table.take(next)
        #expect(match == .waiting(asked(1, 0)))
        let count9 = table.waitingCount
        #expect(count9 == 1)
    }

    @Test func theRingTakesNoMoreThanItHolds() throws {
        var table = OutstandingTable(firstID: 1, timeoutNanoseconds: 100, capacity: 1_024)
        for question in 0..<1_024 {
            _ = table.add(question: question, plannedNanoseconds: 0, nowNanoseconds: 0)
        }
        let refused = table.add(question: 0, plannedNanoseconds: 0, nowNanoseconds: 0)
        #expect(refused == nil)
        var lostCount = 0
        while table.giveUp(nowNanoseconds: 100) != nil { lostCount += 1 }
        #expect(lostCount == 1_024)
        let taken = table.add(question: 0, plannedNanoseconds: 100, nowNanoseconds: 100)
        #expect(taken != nil)
        // Its place was the first question's, which is forgotten.
        let forgotten = table.take(1)
        #expect(forgotten == .unknown)
    }
}
