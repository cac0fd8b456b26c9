/// The 16-bit ids of one socket: whose each is, and until when it is waited for. 1 MiB.
final class NameNumbers {
    private struct Entry {
        var requestID: UInt32 = 0
        var waitsUntilNanoseconds: UInt64 = 0
    }

    private var entries = [Entry](repeating: Entry(), count: 1 << 16)
    /// From a random start: two runs in a row must not use the same ones.
    private var next = UInt16.random(in: 0...UInt16.max)

    /// The next id; nil where the question that has it is still waited for.
    func take(for requestID: UInt32, until nanoseconds: UInt64, nowNanoseconds: UInt64) -> UInt16? {
        let id = next
        guard entries[Int(id)].waitsUntilNanoseconds <= nowNanoseconds else { return nil }
        entries[Int(id)] = Entry(requestID: requestID, waitsUntilNanoseconds: nanoseconds)
        next &+= 1
        return id
    }

    /// Whose answer it is, 0: nobody's. The id is free again, and until it is taken stands for the same question, so
    /// that a second answer is known.
    func answered(_ id: UInt16) -> UInt32 {
        entries[Int(id)].waitsUntilNanoseconds = 0
        return entries[Int(id)].requestID
    }
}
