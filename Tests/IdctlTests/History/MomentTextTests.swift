import Console
import Testing

@testable import idctl

@Suite struct MomentTextTests {
    @Test(
        arguments: [
            ("1970-01-02", 57_600), ("2026-05-03", 1_777_737_600), ("2026-05-02T16:00:00Z", 1_777_737_600),
            ("2026-05-03T00:00:00+08:00", 1_777_737_600), ("2026-05-02T11:30:00-04:30", 1_777_737_600),
            ("1970-01-01T00:00:00Z", 0),
        ] as [(String, Int64)]
    )
    func `a time is read`(text: String, seconds: Int64) {
        #expect(MomentText.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "2026-5-3", "2026-02-30", "2026-05-03T16:00:00", "2026-05-03 16:00:00Z", "2026-05-03T24:00:00Z",
        "2026-05-03T16:00:00+15:00", "2026-05-03T16:00:00+08:60", "2026-05-03T16:00:00 08:00",
        "2026-05-03T16:00:00+0800", "2026-05-03T16:00:00+-8:00", "yesterday", "二〇二六", "1777737600",
        "2026-05-03T16:00:00+08:00Z",
    ])
    func `what is no time is refused`(text: String) {
        #expect(MomentText.seconds(text) == nil)
    }

    @Test func `a time before 1970 or one to come is refused with 64`() {
        for text in ["1970-01-01", "1969-12-31T00:00:00Z", "2026-05-03"] {
            let failure = #expect(throws: CommandFailure.self) {
                try MomentText.checked(text, flag: "--at", now: 1_777_737_599)
            }
            #expect(failure?.exit == .usage, "\(text)")
        }
        #expect((try? MomentText.checked("2026-05-03", flag: "--at", now: 1_777_737_600)) == 1_777_737_600)
    }

    @Test func `a time is shown in UTC and in Asia Shanghai`() {
        #expect(MomentText.text(1_777_737_600) == "2026-05-02T16:00:00Z (2026-05-03 00:00:00 Asia/Shanghai)")
        #expect(!MomentText.text(.max).isEmpty)
    }
}
