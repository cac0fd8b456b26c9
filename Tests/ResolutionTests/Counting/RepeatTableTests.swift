import Testing

@testable import Resolution

@Suite struct RepeatTableTests {
    private static let source = QuerySource(high: 1, low: 2, prefixLength: 128)

    /// Holds a table, which cannot be copied into an expectation.
    private final class Holder {
        private let table: RepeatTable

        init(entryCount: Int, window: UInt64) {
            table = RepeatTable(
                entryCount: entryCount,
                windowMilliseconds: window,
                hash: KeyedHash(first: 0x1234_5678_9ABC_DEF1, second: 0xFEDC_BA98_7654_3211)
            )
        }

        func noteOrRecognise(_ source: QuerySource, port: UInt16, requestID: UInt32, milliseconds: UInt64) -> Bool {
            table.noteOrRecognise(source, port: port, requestID: requestID, milliseconds: milliseconds)
        }
    }

    @Test func R1WhatIsForgottenIsNoRepeat() {
        let table = RepeatTable(entryCount: 64, windowMilliseconds: 3_000, hash: KeyedHash(first: 5, second: 7))
        for id in [8, 9] as [UInt32] {
            let isKnown = table.noteOrRecognise(Self.source, port: 1, requestID: id, milliseconds: 1)
            #expect(!isKnown)
        }
        table.forget(Self.source, port: 1, requestID: 9)
        table.forget(Self.source, port: 2, requestID: 8)
        let knows9 = table.noteOrRecognise(Self.source, port: 1, requestID: 9, milliseconds: 2)
        let knows8 = table.noteOrRecognise(Self.source, port: 1, requestID: 8, milliseconds: 2)
        #expect(!knows9 && knows8)
    }

    private static func table(entryCount: Int, window: UInt64 = 3_000) -> Holder {
        Holder(entryCount: entryCount, window: window)
    }

    @Test(arguments: [0, 1, 1_048_575, 1_048_576, 1_048_577, 1 << 40, .max / 2] as [UInt64])
    func windowHoldsAtAnyTime(start: UInt64) {
        let table = Self.table(entryCount: 64)
        let offsets: [UInt64] = [0, 0, 1, 2_999, 3_000, 3_001, 5_999, 6_000]
        let answers = offsets.map {
            table.noteOrRecognise(Self.source, port: 1, requestID: 9, milliseconds: start + $0)
        }
        #expect(answers == [false, true, true, true, false, true, true, false])
    }

    @Test func theWindowIsASetting() {
        let table = Self.table(entryCount: 64, window: 10)
        #expect(!table.noteOrRecognise(Self.source, port: 1, requestID: 9, milliseconds: 100))
        #expect(table.noteOrRecognise(Self.source, port: 1, requestID: 9, milliseconds: 109))
        #expect(!table.noteOrRecognise(Self.source, port: 1, requestID: 9, milliseconds: 110))
        let never = Self.table(entryCount: 64, window: 0)
        #expect(!never.noteOrRecognise(Self.source, port: 1, requestID: 9, milliseconds: 100))
        #expect(!never.noteOrRecognise(Self.source, port: 1, requestID: 9, milliseconds: 100))
    }

    @Test func aRepeatIsMissedOnlyBehindEightNewerQueriesOfItsBucket() {
        // One bucket: the eight last queries are known, the ninth has displaced the oldest.
        let table = Self.table(entryCount: 8)
        for id in UInt32(0)..<9 {
            #expect(!table.noteOrRecognise(Self.source, port: 1, requestID: id, milliseconds: UInt64(id)))
        }
        for id in UInt32(1)..<9 {
            #expect(table.noteOrRecognise(Self.source, port: 1, requestID: id, milliseconds: 20))
        }
        #expect(!table.noteOrRecognise(Self.source, port: 1, requestID: 0, milliseconds: 20))
    }

    @Test func newQueriesAreNotTakenForRepeats() {
        // 2,000,000 comparisons of 8 entries at 2⁻⁴⁴ each: one false repeat in a million such runs.
        let table = Self.table(entryCount: 4_096)
        var falseRepeats = 0
        for id in UInt32(0)..<250_000
        where table.noteOrRecognise(Self.source, port: 7, requestID: id, milliseconds: UInt64(id) / 1_000) {
            falseRepeats += 1
        }
        #expect(falseRepeats == 0)
    }

    @Test func repeatsAreRecognisedUpToTheTablesLoad() {
        // A quarter of the entries in use within the window: buckets of 8 hold 2 on average.
        let table = Self.table(entryCount: 65_536)
        for id in UInt32(0)..<16_384 {
            _ = table.noteOrRecognise(Self.source, port: 7, requestID: id, milliseconds: 1_000)
        }
        var missed = 0
        for id in UInt32(0)..<16_384
        where !table.noteOrRecognise(Self.source, port: 7, requestID: id, milliseconds: 2_000) {
            missed += 1
        }
        // P(Poisson(2) > 8) is 0.00024 of the buckets; each miss displaces another at most.
        #expect(missed < 60)
        print("RepeatTable at a quarter of its entries: \(missed) of 16384 repeats missed")
    }

    @Test func theMillisecondsWrapAsTheDocumentationSays() {
        let table = Self.table(entryCount: 64)
        #expect(!table.noteOrRecognise(Self.source, port: 1, requestID: 9, milliseconds: 0))
        #expect(!table.noteOrRecognise(Self.source, port: 1, requestID: 9, milliseconds: 1_048_575))
        let other = Self.table(entryCount: 64)
        #expect(!other.noteOrRecognise(Self.source, port: 1, requestID: 9, milliseconds: 0))
        #expect(other.noteOrRecognise(Self.source, port: 1, requestID: 9, milliseconds: 1_048_576))
    }
}
