import Testing

@testable import NodeConfiguration

struct QuantityTextTests {
    @Test(arguments: [
        ("4 MiB", 4_194_304), ("4MiB", 4_194_304), ("0 B", 0), ("1 TiB", 1_099_511_627_776), ("3  KiB", 3_072),
    ])
    func sizes(text: String, bytes: Int) {
        #expect(QuantityText.bytes(text) == bytes)
    }

    @Test(arguments: [
        "", "MiB", "4", "4 MB", "4 mib", "-4 MiB", "4.5 MiB", "+4 MiB", "4 MiB ", " 4 MiB", "9000000 TiB",
        "99999999999999999999 B", "４ MiB",
    ])
    func noSizes(text: String) {
        #expect(QuantityText.bytes(text) == nil)
    }

    @Test(
        arguments: [
            ("500 ms", .milliseconds(500)), ("10 s", .seconds(10)), ("30 min", .seconds(1_800)),
            ("1 h", .seconds(3_600)), ("2 d", .seconds(172_800)),
        ] as [(String, Duration)]
    )
    func durations(text: String, duration: Duration) {
        #expect(QuantityText.duration(text) == duration)
        #expect(QuantityText.text(duration) == text)
    }

    @Test(arguments: ["", "10", "10 sec", "10 S", "1.5 s", "-1 s", "10 m", "999999999999999999 d"])
    func noDurations(text: String) {
        #expect(QuantityText.duration(text) == nil)
    }

    @Test(arguments: [0, 1, 1_023, 1_024, 1_536, 4_194_304, 274_877_906_944, Int.max])
    func sizesReadBack(bytes: Int) {
        #expect(QuantityText.bytes(QuantityText.text(bytes: bytes)) == bytes)
    }
}
