import ResolutionProtocol
import Testing

@Suite struct UTCTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (1_700_000_000, "2023-11-14T22:13:20Z"),
        (951_782_400, "2000-02-29T00:00:00Z"), (Int64(Int32.max), "2038-01-19T03:14:07Z"),
    ])
    func timesAndTexts(_ seconds: Int64, _ text: String) {
        #expect(UTCTime.text(seconds) == text)
        #expect(UTCTime.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "2023-11-14", "2023-11-14T22:13:20", "2023-11-14 22:13:20Z", "2023-13-14T22:13:20Z",
        "2023-02-29T00:00:00Z", "2023-11-14T24:00:00Z", "2023-11-14T22:60:00Z", "2023-11-14T22:13:2xZ",
        "+023-11-14T22:13:20Z", "2023-11-14T22:13:20z",
    ])
    func otherTextsAreNone(_ text: String) {
        #expect(UTCTime.seconds(text) == nil)
    }
}
