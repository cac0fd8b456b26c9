/// The message counters of one side of a session that have been seen lately (security.md §5): each is taken once.
struct CounterWindow: Sendable {
    private static let countMax = 200

    /// In ascending order.
    private var seen: [UInt32] = []

    /// Whether `counter` is new, so that its message may be acted on; 0 never is.
    mutating func accept(_ counter: UInt32) -> Bool {
        guard counter != 0 else { return false }
        guard let last = seen.last else {
            seen = [counter]
            return true
        }
        if counter > last {
            seen.append(counter)
        } else {
            if seen.count == Self.countMax, let first = seen.first, counter <= first { return false }
            let place = seen.firstIndex { $0 >= counter } ?? seen.count
            guard seen[place] != counter else { return false }
            seen.insert(counter, at: place)
        }
        if seen.count > Self.countMax { seen.removeFirst() }
        return true
    }
}
