/// Adds up what several threads did in the same second, and tells of a second when all have.
///
/// A thread that stalled tells of several seconds as of the last of them. Bounded: a thread tells of each second once,
/// and none is ahead of another by more than the longest stall.
struct SecondSum {
    private var pending: [LoadSecond] = []
    /// The last second that each thread has told of; `Int.max`: it has ended.
    private var reached: [Int]

    init(threadCount: Int) {
        reached = [Int](repeating: 0, count: threadCount)
    }

    mutating func take(_ post: CrewMeeting.Post, _ eachSecond: (LoadSecond) -> Void) {
        switch post {
        case .second(let second, let thread):
            reached[thread] = second.number
            add(second)
        case .ended(let thread): reached[thread] = .max
        }
        let common = reached.min() ?? .max
        while let first = pending.first, first.number <= common { eachSecond(pending.removeFirst()) }
    }

    private mutating func add(_ second: LoadSecond) {
        let place = pending.firstIndex { $0.number >= second.number } ?? pending.count
        if place < pending.count, pending[place].number == second.number {
            pending[place].add(second)
        } else {
            pending.insert(second, at: place)
        }
    }
}
