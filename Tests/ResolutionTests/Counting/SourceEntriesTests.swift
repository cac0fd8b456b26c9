import Testing

@testable import Resolution

@Suite struct SourceEntriesTests {
    /// Entries in zeroed memory.
    private final class Memory {
        let base: UnsafeMutableRawPointer
        let entries: SourceEntries

        init(count: Int) {
            base = .allocate(byteCount: count * SourceEntries.entryByteCount, alignment: 64)
            base.initializeMemory(as: UInt8.self, repeating: 0, count: count * SourceEntries.entryByteCount)
            entries = SourceEntries(base: base, count: count)
        }

        deinit { base.deallocate() }
    }

    private func source(_ number: Int) -> QuerySource {
        QuerySource(high: 7, low: UInt64(number), prefixLength: 128)
    }

    @Test func sameSourceOfAnotherClassOrLengthIsAnother() {
        let memory = Memory(count: 16)
        let address = QuerySource(high: 1, low: 0, prefixLength: 128)
        let network = QuerySource(high: 1, low: 0, prefixLength: 56)
        #expect(memory.entries.note(address, hash: 3, origin: .external))
        #expect(memory.entries.note(network, hash: 3, origin: .external))
        #expect(memory.entries.note(address, hash: 3, origin: .own))
        #expect(memory.entries.note(address, hash: 3, origin: .own))
        #expect(
            memory.entries.totals() == [
                SourceTotal(source: address, origin: .external, count: 1),
                SourceTotal(source: network, origin: .external, count: 1),
                SourceTotal(source: address, origin: .own, count: 2),
            ]
        )
    }

    @Test func placesWrapAround() {
        let memory = Memory(count: 16)
        for number in 0..<16 { #expect(memory.entries.note(source(number), hash: 15, origin: .external)) }
        #expect(!memory.entries.note(source(16), hash: 15, origin: .external))
        // Those that have an entry go on counting.
        #expect(memory.entries.note(source(9), hash: 15, origin: .external))
        #expect(memory.entries.totals().first { $0.source == source(9) }?.count == 2)
    }

    @Test func atMost32PlacesAreLookedAt() {
        let memory = Memory(count: 64)
        for number in 0..<32 { #expect(memory.entries.note(source(number), hash: 0, origin: .external)) }
        #expect(!memory.entries.note(source(32), hash: 0, origin: .external))
        #expect(memory.entries.note(source(33), hash: 32, origin: .external))
    }

    @Test func halfFullTableLosesNothing() {
        let seed = SeededGenerator.seed(for: "halfFullTableLosesNothing", or: 5)
        var random = SeededGenerator(seed: seed)
        let hash = KeyedHash(first: random.next(), second: random.next())
        let memory = Memory(count: 65_536)
        var refused = 0
        for number in 0..<32_768 {
            let source = source(number)
            if !memory.entries.note(source, hash: hash.hash(source.high, source.low, 0), origin: .external) {
                refused += 1
            }
        }
        #expect(refused == 0)
        #expect(memory.entries.totals().count == 32_768)
    }

    @Test(
        arguments: [
            (0, 0x0000_FFFF_0A01_02FF, 0, 0x0000_FFFF_0A01_0200, 120),
            (0, 0x0000_FFFF_FFFF_FFFF, 0, 0x0000_FFFF_FFFF_FF00, 120),
            (0, 1, 0, 0, 56), (0x2001_0DB8_AABB_CCDD, 0x1234, 0x2001_0DB8_AABB_CC00, 0, 56),
            (1, 0x0000_FFFF_0A01_02FF, 0, 0, 56),
        ] as [(UInt64, UInt64, UInt64, UInt64, UInt8)]
    )
    func networks(high: UInt64, low: UInt64, networkHigh: UInt64, networkLow: UInt64, length: UInt8) {
        let network = QuerySource(high: high, low: low, prefixLength: 128).network
        #expect(network == QuerySource(high: networkHigh, low: networkLow, prefixLength: length))
    }
}
