/// Body of the national SDK's log-in (operations.md §1, op 2001; security.md §7.5).
public struct LoginRequest: WireCodable, Hashable, Sendable {
    /// Who logs in: the value that holds the key.
    public var user: ValueReference

    /// A log-in of `user`.
    public init(user: ValueReference) { self.user = user }

    public static var byteCountMin: Int { 8 }

    public init(from reader: inout WireReader) throws(WireError) {
        user = try ValueReference(from: &reader)
    }

    public func write(to writer: inout WireWriter) {
        user.write(to: &writer)
    }
}
