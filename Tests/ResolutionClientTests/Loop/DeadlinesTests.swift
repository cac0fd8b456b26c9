import Testing

@testable import ResolutionClient

struct DeadlinesTests {
    @Test func theEarliestComesFirstWhateverTheOrder() {
        var generator = SystemRandomNumberGenerator()
        var deadlines = Deadlines()
        let times = (0..<500).map { _ in UInt64.random(in: 0..<1_000, using: &generator) }
        for (id, time) in times.enumerated() {
            deadlines.add(UInt32(id), at: time, liveCount: times.count) { _, _ in false }
        }
        #expect(deadlines.earliest == times.min())
        var taken: [UInt64] = []
        while let due = deadlines.takeDue(now: 499) {
            #expect(times[Int(due.id)] == due.nanoseconds)
            taken.append(due.nanoseconds)
        }
        #expect(taken == times.filter { $0 <= 499 }.sorted())
        #expect(deadlines.count == times.count - taken.count)
    }

    @Test func whatHasLostItsMeaningIsDroppedBeforeItFillsTheHeap() {
        var deadlines = Deadlines()
        for number in 0..<100_000 as Range<UInt32> {
            deadlines.add(number, at: UInt64(number), liveCount: 1) { id, _ in id != 0 }
            #expect(deadlines.count <= 1_025)
        }
        #expect(deadlines.earliest == 0)
    }
}
