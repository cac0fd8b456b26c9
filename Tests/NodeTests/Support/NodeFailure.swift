/// What a test of a whole node found wrong, or why it could not begin.
struct NodeFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
