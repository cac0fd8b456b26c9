/// When questions are to be looked at again, the earliest first: a binary heap.
///
/// A question that is put off keeps its old place until that is reached, and so does one that is done; `isStale` tells
/// these. Once they are most of the heap it is made anew, so that it never holds more than twice the questions.
struct Deadlines {
    private struct Place {
        let nanoseconds: UInt64
        let id: UInt32
    }

    private var places: [Place] = []
    private static let compactAt = 1_024

    /// How many places are kept, those that have lost their meaning included.
    var count: Int { places.count }

    /// The earliest of all; nil: there is none.
    var earliest: UInt64? { places.first?.nanoseconds }

    /// Adds a place. `isStale` tells of a place whether it has lost its meaning, among `liveCount` that have not.
    mutating func add(_ id: UInt32, at nanoseconds: UInt64, liveCount: Int, isStale: (UInt32, UInt64) -> Bool) {
        if places.count >= max(Self.compactAt, 2 * liveCount) {
            let kept = places.filter { !isStale($0.id, $0.nanoseconds) }
            places = kept.sorted { $0.nanoseconds < $1.nanoseconds }
        }
        places.append(Place(nanoseconds: nanoseconds, id: id))
        rise(from: places.count - 1)
    }

    /// Takes the earliest that is due at `now`; nil: none is.
    mutating func takeDue(now: UInt64) -> (id: UInt32, nanoseconds: UInt64)? {
        guard let first = places.first, first.nanoseconds <= now else { return nil }
        let last = places.removeLast()
        if !places.isEmpty {
            places[0] = last
            sink()
        }
        return (first.id, first.nanoseconds)
    }

    private mutating func rise(from start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard places[index].nanoseconds < places[parent].nanoseconds else { return }
            places.swapAt(index, parent)
            index = parent
        }
    }

    private mutating func sink() {
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < places.count {
                if places[child].nanoseconds < places[least].nanoseconds { least = child }
            }
            guard least != index else { return }
            places.swapAt(index, least)
            index = least
        }
    }
}
