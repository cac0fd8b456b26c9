import Resolution
import Testing

@Suite struct CountDayTests {
    @Test(
        arguments: [
            (0, "1970-01-01"), (-1, "1969-12-31"), (31, "1970-02-01"), (59, "1970-03-01"), (364, "1970-12-31"),
            (365, "1971-01-01"), (789, "1972-02-29"), (790, "1972-03-01"), (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (19_675, "2023-11-14"), (19_782, "2024-02-29"), (19_783, "2024-03-01"), (20_513, "2026-03-01"),
            (47_540, "2100-02-28"), (47_541, "2100-03-01"), (157_113, "2400-02-29"), (-25_509, "1900-02-28"),
            (-25_508, "1900-03-01"), (-135_081, "1600-02-29"), (-719_162, "1-01-01"), (-719_163, "0-12-31"),
            (-719_528, "0-01-01"), (-719_529, "-1-12-31"),
        ] as [(Int32, String)]
    )
    func textOfKnownDays(number: Int32, text: String) {
        #expect(CountDay(number: number).text == text)
    }

    @Test func everyDayOfFourHundredYearsFollowsTheOneBefore() {
        // The calendar counted up by hand, from 1970-01-01 on.
        var (year, month, day) = (1970, 1, 1)
        for number in Int32(0)..<146_097 {
            let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
            if CountDay(number: number).text != text {
                Issue.record("day \(number): \(CountDay(number: number).text) is not \(text)")
                return
            }
            day += 1
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            if day > [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] {
                (month, day) = (month + 1, 1)
            }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(year == 2370)
    }

    @Test(
        arguments: [
            (0, 0, 28_800), (57_599, 0, 86_399), (57_600, 1, 0), (-28_801, -1, 86_399), (-28_800, 0, 0),
            (-115_201, -2, 86_399), (1_699_977_599, 19_675, 86_399), (1_699_977_600, 19_676, 0),
        ] as [(Int64, Int32, UInt64)]
    )
    func secondsBecomeDaysAt16UTC(seconds: Int64, number: Int32, secondOfDay: UInt64) {
        #expect(CountDay(unixSeconds: seconds).number == number)
        #expect(CountDay.secondOfDay(unixSeconds: seconds) == secondOfDay)
    }

    @Test func startIsTheFirstSecond() {
        for number in [-1_000_000, -1, 0, 1, 19_676, 1_000_000] as [Int32] {
            let day = CountDay(number: number)
            #expect(CountDay(unixSeconds: day.startUnixSeconds) == day)
            #expect(CountDay(unixSeconds: day.startUnixSeconds - 1) == CountDay(number: number - 1))
            #expect(CountDay.secondOfDay(unixSeconds: day.startUnixSeconds) == 0)
            #expect(CountDay(number: number - 1) < day)
        }
    }
}
