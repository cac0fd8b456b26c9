/// Things in the order in which they were last touched, with every step in constant time.
struct AgeQueue<Element: Hashable & Sendable>: Sendable {
    private struct Links {
        var previous: Element?
        var next: Element?
    }

    private var links: [Element: Links] = [:]
    /// The one that was touched longest ago.
    private(set) var first: Element?
    private var last: Element?

    /// Things in the queue.
    var count: Int { links.count }

    /// Puts `element` at the end.
    mutating func touch(_ element: Element) {
        guard last != element else { return }
        remove(element)
        links[element] = Links(previous: last, next: nil)
        if let last { links[last]?.next = element } else { first = element }
        last = element
    }

    /// Takes `element` out, if it is there.
    mutating func remove(_ element: Element) {
        guard let gone = links.removeValue(forKey: element) else { return }
        if let previous = gone.previous { links[previous]?.next = gone.next } else { first = gone.next }
        if let next = gone.next { links[next]?.previous = gone.previous } else { last = gone.previous }
    }
}
