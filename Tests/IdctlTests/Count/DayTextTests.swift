import Resolution
import Testing

@testable import idctl

@Suite struct DayTextTests {
    @Test(arguments: ["1970-01-01", "2024-02-29", "2026-12-31"])
    func `a day reads back as its own text`(text: String) {
        #expect(DayText.day(text)?.text == text)
    }

    @Test(arguments: ["2023-02-29", "2026-13-01", "26-01-01", "2026-1-01", "2026-01-01x", "", "-026-01-01"])
    func `what is no day is refused`(text: String) {
        #expect(DayText.day(text) == nil)
    }
}
