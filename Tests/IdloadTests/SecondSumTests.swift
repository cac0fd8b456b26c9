import Testing

@testable import idload

struct SecondSumTests {
    private func second(_ number: Int, sent: UInt64) -> LoadSecond {
        var second = LoadSecond()
        second.number = number
        second.sent = sent
        return second
    }

    @Test("L8: a second is told of when all threads have had it; a stalled thread's come with its last")
    func seconds() {
        var sum = SecondSum(threadCount: 2)
        var told: [(Int, UInt64)] = []
        func take(_ post: CrewMeeting.Post) { sum.take(post) { told.append(($0.number, $0.sent)) } }
        take(.second(second(1, sent: 10), thread: 0))
        #expect(told.isEmpty)
        take(.second(second(2, sent: 11), thread: 0))
        take(.second(second(2, sent: 5), thread: 1))
        #expect(told.map(\.0) == [1, 2])
        #expect(told.map(\.1) == [10, 16])
        take(.second(second(3, sent: 1), thread: 1))
        take(.ended(thread: 0))
        take(.ended(thread: 1))
        #expect(told.map(\.0) == [1, 2, 3])
    }
}
