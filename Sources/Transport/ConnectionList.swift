/// The open connections of a worker, in the order in which they were last of use: the first is the first to go.
struct ConnectionList {
    private(set) var first: UnsafeMutablePointer<Connection>?
    private var last: UnsafeMutablePointer<Connection>?
    private(set) var count = 0
    /// Who comes next in a walk through the list.
    private var walker: UnsafeMutablePointer<Connection>?
    /// How many a walk has still before it.
    private var walkCount = 0

    mutating func append(_ connection: UnsafeMutablePointer<Connection>) {
        connection.pointee.previous = last
        connection.pointee.next = nil
        if let last { last.pointee.next = connection } else { first = connection }
        last = connection
        count += 1
    }

    mutating func remove(_ connection: UnsafeMutablePointer<Connection>) {
        let (previous, next) = (connection.pointee.previous, connection.pointee.next)
        if walker == connection { walker = next }
        if let previous { previous.pointee.next = next } else { first = next }
        if let next { next.pointee.previous = previous } else { last = previous }
        connection.pointee.previous = nil
        connection.pointee.next = nil
        count -= 1
    }

    mutating func moveToEnd(_ connection: UnsafeMutablePointer<Connection>) {
        guard last != connection else { return }
        remove(connection)
        append(connection)
    }

    /// Whether a walk has not come to its end.
    var isWalking: Bool { walker != nil && walkCount > 0 }

    /// Begins a walk at the first. It ends after as many as there are now: those that are of use meanwhile go to the
    /// end, and would keep it going for ever.
    mutating func beginWalk() {
        walker = first
        walkCount = count
    }

    /// The next of the walk, which may be removed before this is called again; nil: the walk is over.
    mutating func walkOn() -> UnsafeMutablePointer<Connection>? {
        guard walkCount > 0, let connection = walker else { return nil }
        walker = connection.pointee.next
        walkCount -= 1
        return connection
    }
}
