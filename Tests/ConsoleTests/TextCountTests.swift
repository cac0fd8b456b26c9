import Console
import Testing

struct TextCountTests {
    @Test(arguments: [(0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-1_234, "-1,234")])
    func grouped(count: Int, expected: String) {
        #expect(TextCount.grouped(count) == expected)
    }

    @Test func groupedAtTheEnds() {
        #expect(TextCount.grouped(UInt64.max) == "18,446,744,073,709,551,615")
        #expect(TextCount.grouped(Int64.min) == "-9,223,372,036,854,775,808")
    }

    @Test(
        arguments: [
            (0, "0 B"), (1_023, "1023 B"), (1_024, "1 KiB"), (1_536, "1.5 KiB"), (12_897_485, "12.3 MiB"),
            (1_023_000, "999 KiB"),
            (1_023_999, "0.98 MiB"), (1_048_575, "1 MiB"), (268_435_456, "256 MiB"), (274_877_906_944, "256 GiB"),
            (UInt64.max, "16 EiB"),
        ] as [(UInt64, String)]
    )
    func bytes(count: UInt64, expected: String) {
        #expect(TextCount.bytes(count) == expected)
    }

    @Test(
        arguments: [
            (.zero, "0 s"), (.seconds(-5), "0 s"), (.nanoseconds(850), "850 ns"), (.nanoseconds(12_340), "12.3 µs"),
            (.microseconds(999), "999 µs"), (.nanoseconds(999_700), "1 ms"), (.milliseconds(1_250), "1.25 s"),
            (.milliseconds(1_005), "1 s"),
            (.milliseconds(59_940), "59.9 s"), (.milliseconds(59_960), "1 min 00 s"), (.seconds(125), "2 min 05 s"),
            (.seconds(11_040), "3 h 04 min"), (.seconds(183_600), "2 d 03 h"),
        ] as [(Duration, String)]
    )
    func duration(duration: Duration, expected: String) {
        #expect(TextCount.duration(duration) == expected)
    }

    @Test(
        arguments: [
            (0, "0/s"), (-1, "0/s"), (.nan, "0/s"), (.infinity, "0/s"), (0.5, "0.5/s"), (12.34, "12.3/s"),
            (234_000, "234,000/s"), (999.7, "1,000/s"),
        ] as [(Double, String)]
    )
    func rate(perSecond: Double, expected: String) {
        #expect(TextCount.rate(perSecond) == expected)
    }

    @Test(
        arguments: [
            (0, 0, "0 %"), (0, 5, "0 %"), (1, 3, "33.3 %"), (5, 5, "100 %"), (999_999, 1_000_000, "99.9 %"),
            (1, 1_000_000, "< 0.1 %"), (1, 2, "50 %"),
        ] as [(UInt64, UInt64, String)]
    )
    func percent(part: UInt64, whole: UInt64, expected: String) {
        #expect(TextCount.percent(part, of: whole) == expected)
    }
}
