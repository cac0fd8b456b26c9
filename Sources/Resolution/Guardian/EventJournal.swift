internal import ResolutionProtocol

/// The form in which events of the route guardian are kept in a file (docs/guardian.md): a mark, then for each event
///
///     byte count of the event u16 | event | check u32
///
/// The check is FNV-1a (32 bits) over all of the event before it, and shows where the file ends that a crash cut off.
package enum EventJournal {
    /// The file's name in the data directory.
    package static let fileName = "guardian.events"
    /// What a file begins with.
    package static let mark = Array("HJGUARD1".utf8)

    /// The bytes of one event.
    package static func bytes(of event: GuardianEvent) -> [UInt8] {
        let content = event.wire
        let count = UInt16(truncatingIfNeeded: content.count)
        var bytes = [UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)] + content
        let check = LedgerCheck.of(bytes[...])
        for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: check >> shift)) }
        return bytes
    }

    /// The events of a file, as far as it is whole, and how many of its bytes they take with the mark; nil: it does not
    /// begin with the mark.
    package static func events(of bytes: [UInt8]) -> (events: [GuardianEvent], byteCount: Int)? {
        guard bytes.starts(with: mark) else { return nil }
        var events: [GuardianEvent] = []
        var place = mark.count
        while let (event, end) = first(of: bytes[place...]), event.number > (events.last?.number ?? 0) {
            events.append(event)
            place = end
        }
        return (events, place)
    }

    /// The event that `bytes` begin with, and where it ends.
    private static func first(of bytes: ArraySlice<UInt8>) -> (event: GuardianEvent, end: Int)? {
        let start = bytes.startIndex
        guard bytes.count > 2 else { return nil }
        let count = Int(bytes[start]) << 8 | Int(bytes[start + 1])
        let end = start + 2 + count + 4
        guard count <= GuardianEvent.byteCountMax, end <= bytes.endIndex, LedgerCheck.isRight(bytes[start..<end]),
            let event = try? GuardianEvent(wire: Array(bytes[(start + 2)..<(end - 4)]))
        else { return nil }
        return (event, end)
    }
}
