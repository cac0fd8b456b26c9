import Testing

@testable import idload

struct ThreadShareTests {
    @Test("L4: all threads together send each question of the plan once, at its time", arguments: [1, 2, 3, 7])
    func partition(_ count: Int) {
        let shapes: [Schedule.Shape] = [
            .constant(997), .ramp(from: 100, to: 2_000), .steps([50, 500], secondsEach: 0.5),
            .burst(10, everySeconds: 0.1),
        ]
        for shape in shapes {
            let schedule = Schedule(shape, seconds: 1, warmupSeconds: 0.25)
            var whole = ScheduleCursor(schedule)
            var parts: [ScheduleCursorBox] = (0..<count).map {
                ScheduleCursorBox(ScheduleCursor(schedule, share: ThreadShare(number: $0, count: count)))
            }
            for number in 0..<Int(schedule.count) {
                let due = parts[number % count].cursor.nextNanoseconds
                let expected = whole.nextNanoseconds
                #expect(due == expected)
                parts[number % count].cursor.advance()
                whole.advance()
            }
            #expect(parts.allSatisfy { $0.cursor.isAtEnd })
            parts = []
        }
    }

    @Test func partsComeToTheWhole() {
        for whole in [1, 5, 64, 65] {
            #expect((0..<5).map { ThreadShare(number: $0, count: 5).part(of: whole) }.reduce(0, +) == whole)
            let counts = (0..<5).map { ThreadShare(number: $0, count: 5).ownCount(amongFirst: UInt64(whole)) }
            #expect(counts.reduce(0, +) == UInt64(whole))
        }
        #expect(ThreadShare(number: 3, count: 5).ownCount(amongFirst: 3) == 0)
        #expect(ThreadShare(number: 3, count: 5).place(ofOwn: 2) == 13)
    }
}

/// A cursor is not to be copied; an array holds this.
private final class ScheduleCursorBox {
    var cursor: ScheduleCursor
    init(_ cursor: consuming ScheduleCursor) { self.cursor = cursor }
}
