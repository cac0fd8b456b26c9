import ResolutionProtocol
import Testing

@testable import Resolution

/// Events of the route guardian in a file.
@Suite struct EventJournalTests {
    private static let events: [GuardianEvent] = {
        var bench = GuardianBench()
        bench.watch([GuardianBench.site(1), GuardianBench.site(2)])
        bench.probe(seconds: 100, living: [2])
        bench.probe(seconds: 100, living: [1, 2])
        return bench.events
    }()
    private static let file = events.reduce(EventJournal.mark) { $0 + EventJournal.bytes(of: $1) }

    @Test func eventsAreReadAsTheyWereWritten() throws {
        #expect(Self.events.count == 4)
        let read = try #require(EventJournal.events(of: Self.file))
        #expect(read.events == Self.events && read.byteCount == Self.file.count)
        for event in Self.events { #expect(try GuardianEvent(wire: event.wire) == event) }
    }

    @Test func aFileThatIsCutOffAnywhereIsReadAsFarAsItIsWhole() throws {
        let ends = Self.events.indices.map { count in
            Self.events[...count].reduce(EventJournal.mark.count) { $0 + EventJournal.bytes(of: $1).count }
        }
        for count in EventJournal.mark.count..<Self.file.count {
            let read = try #require(EventJournal.events(of: Array(Self.file.prefix(count))))
            let whole = ends.count { $0 <= count }
            #expect(read.events == Array(Self.events.prefix(whole)))
            #expect(read.byteCount == (whole == 0 ? EventJournal.mark.count : ends[whole - 1]))
        }
        for count in 0..<EventJournal.mark.count {
            #expect(EventJournal.events(of: Array(Self.file.prefix(count))) == nil)
        }
    }

    @Test func aChangedByteEndsTheReading() throws {
        for place in EventJournal.mark.count..<Self.file.count {
            var file = Self.file
            file[place] ^= 0x41
            let read = try #require(EventJournal.events(of: file))
            #expect(read.events.count < Self.events.count)
            #expect(read.events == Array(Self.events.prefix(read.events.count)))
        }
    }

    @Test func anEventCutAtAnyByteIsRefused() throws {
        let wire = try #require(Self.events.first).wire
        for count in wire.indices {
            #expect(throws: WireError.self) { try GuardianEvent(wire: Array(wire[..<count])) }
        }
        // An end that names nothing, and an address that is nobody's.
        var event = try #require(Self.events.last)
        event.closes = 0
        #expect(throws: WireError.self) { try GuardianEvent(wire: event.wire) }
        var bytes = wire
        for place in 33..<49 { bytes[place] = 0 }
        #expect(throws: WireError.self) { try GuardianEvent(wire: bytes) }
    }
}
