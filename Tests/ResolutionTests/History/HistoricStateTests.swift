import ResolutionProtocol
import Testing

@testable import Resolution

@Suite struct HistoricStateTests {
    private static let name = Array("88.1/a".utf8)

    private static func values(_ text: String) -> [HandleValue] {
        [HandleValue(index: 1, type: Array("URL".utf8), data: Array(text.utf8))]
    }

    /// The origin of a change by an administrator that found `before` and left `after`.
    private static func origin(_ before: String?, _ after: String?) -> [UInt8] {
        var writer = WireWriter(capacity: 128)
        writer.uint8(Audit.version)
        ValueReference(identifier: [], index: 0).write(to: &writer)
        writer.bytes([UInt8](repeating: 0, count: 8 + 16 + 3 + 8))
        for text in [before, after] {
            writer.bytes(text.flatMap { Audit.digest(values($0)) } ?? [UInt8](repeating: 0, count: 16))
        }
        return [UInt8](writer.bytes)
    }

    private static func entry(
        _ sequence: UInt64,
        at time: UInt64,
        _ text: String?,
        kind: HistoryEntry.Kind? = nil,
        change: UInt64? = nil,
        origin: [UInt8] = []
    ) -> HistoryEntry {
        HistoryEntry(
            sequence: sequence,
            changeSequence: change,
            unixSeconds: time,
            origin: origin,
            kind: kind ?? (text == nil ? .removed : .put),
            name: name,
            values: text.map(values) ?? []
        )
    }

    private static let whole = LogStart(droppedThrough: 0, unixSeconds: 1)
    private static let trimmed = LogStart(droppedThrough: 100, unixSeconds: 1_000)

    private func text(
        _ entries: [HistoryEntry],
        at time: UInt64,
        _ start: LogStart,
        present: PresentRecord = .absent
    ) -> String {
        var finder = HistoricStateFinder(unixSeconds: time)
        for entry in entries { finder.take(entry, start: start) }
        return switch finder.state(start: start, present: present) {
        case .present(let entry): String(decoding: entry.values[0].data, as: UTF8.self)
        case .absent(let entry): entry == nil ? "never" : "removed"
        case .unknown(let gap): "\(gap)"
        }
    }

    @Test func `a whole log says what was at each time`() {
        let entries = [
            Self.entry(1, at: 10, "a"), Self.entry(4, at: 20, "b", kind: .load), Self.entry(5, at: 30, nil),
            Self.entry(9, at: 30, "c"),
        ]
        let expected = [(9, "never"), (10, "a"), (19, "a"), (20, "b"), (29, "b"), (30, "c"), (31, "c")]
        for (time, expected) in expected {
            #expect(text(entries, at: UInt64(time), Self.whole, present: .damaged) == expected, "at \(time)")
        }
        #expect(text(Array(entries.prefix(3)), at: 30, Self.whole) == "removed")
        #expect(text([], at: 5, Self.whole) == "never")
    }

    @Test func `nothing is said of the time before a trimmed log begins`() {
        let entries = [Self.entry(101, at: 1_000, "a")]
        #expect(text(entries, at: 999, Self.trimmed) == "beforeStart")
        #expect(text(entries, at: 1_000, Self.trimmed) == "a")
        #expect(text([], at: 5, LogStart(droppedThrough: 3, unixSeconds: nil)) == "beforeStart")
    }

    @Test func `without an entry it is absent where the store has none now, and else not known`() {
        #expect(text([], at: 2_000, Self.trimmed) == "never")
        let present = PresentRecord.present(name: Self.name, sequence: 7, values: Self.values("x"))
        #expect(text([], at: 2_000, Self.trimmed, present: present) == "changeDropped")
        #expect(text([], at: 2_000, Self.trimmed, present: .damaged) == "changeDropped")
    }

    @Test func `before the first entry that is left only its audit line knows`() {
        #expect(text([Self.entry(200, at: 2_000, "b")], at: 1_500, Self.trimmed) == "changeDropped")
        let created = Self.entry(200, at: 2_000, "b", origin: Self.origin(nil, "b"))
        #expect(text([created], at: 1_500, Self.trimmed) == "never")
        let changed = Self.entry(200, at: 2_000, "b", origin: Self.origin("a", "b"))
        #expect(text([changed], at: 1_500, Self.trimmed) == "changeDropped")
        let foreign = Self.entry(200, at: 2_000, "b", origin: Self.origin(nil, nil))
        #expect(text([foreign], at: 1_500, Self.trimmed) == "changeDropped", "a line that speaks of something else")
    }

    @Test func `a base is believed where nothing can have been dropped behind it`() {
        let base = Self.entry(150, at: 9_000, "a", kind: .base, change: 7)
        #expect(text([base], at: 1_000, Self.trimmed) == "a")
        #expect(text([base, Self.entry(200, at: 2_000, nil)], at: 1_999, Self.trimmed) == "a")
        let old = Self.entry(50, at: 900, "a", kind: .base, change: 7)
        #expect(text([old], at: 1_000, Self.trimmed) == "changeDropped")
        let present = PresentRecord.present(name: Self.name, sequence: 7, values: Self.values("a"))
        #expect(text([old], at: 1_000, Self.trimmed, present: present) == "a", "the store has it so now")
        #expect(text([old, Self.entry(200, at: 2_000, "c")], at: 1_500, Self.trimmed) == "changeDropped")
        for (before, expected) in [("a", "a"), ("b", "changeDropped")] {
            let next = Self.entry(200, at: 2_000, "c", origin: Self.origin(before, "c"))
            #expect(text([old, next], at: 1_500, Self.trimmed) == expected)
        }
        #expect(text([old, base], at: 1_500, Self.trimmed) == "a", "the newer of two bases")
    }

    @Test func `a removal that was kept counts where nothing came after it`() {
        let removal = Self.entry(60, at: 900, nil)
        #expect(text([removal], at: 1_000, Self.trimmed) == "removed")
        #expect(text([removal, Self.entry(200, at: 2_000, "b")], at: 1_500, Self.trimmed) == "changeDropped")
        let created = Self.entry(200, at: 2_000, "b", origin: Self.origin(nil, "b"))
        #expect(text([removal, created], at: 1_500, Self.trimmed) == "removed")
    }

    @Test func `of a time that was there twice the later one is meant, and told`() {
        var finder = HistoricStateFinder(unixSeconds: 95)
        for entry in [Self.entry(1, at: 10, "a"), Self.entry(2, at: 100, "b"), Self.entry(3, at: 90, "c")] {
            finder.take(entry, start: Self.whole)
        }
        #expect(finder.isAmbiguous)
        guard case .present(let entry) = finder.state(start: Self.whole, present: .absent) else {
            Issue.record("not present")
            return
        }
        #expect(entry.sequence == 3)
    }
}
