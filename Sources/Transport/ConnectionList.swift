/// The open connections of a worker, in the order in which they were last of use: the first is the first to go.
struct ConnectionList {
    private(set) var first: UnsafeMutablePointer<Connection>?
    private var last: UnsafeMutablePointer<Connection>?
    private(set) var count = 0

    mutating func append(_ connection: UnsafeMutablePointer<Connection>) {
        connection.pointee.previous = last
        connection.pointee.next = nil
        if let last { last.pointee.next = connection } else { first = connection }
        last = connection
        count += 1
    }

    mutating func remove(_ connection: UnsafeMutablePointer<Connection>) {
        let (previous, next) = (connection.pointee.previous, connection.pointee.next)
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
}
