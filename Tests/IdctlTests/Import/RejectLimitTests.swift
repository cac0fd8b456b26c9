import Testing

@testable import idctl

@Suite struct RejectLimitTests {
    @Test(arguments: ["", "-1", "x", "101%", "-1%", "%", "1.5"])
    func `what is no limit is refused`(text: String) {
        #expect(RejectLimit(text) == nil)
    }

    @Test func `a number is passed when more are refused`() {
        let limit = RejectLimit("2")
        #expect(limit?.isPassed(rejected: 2, read: 2, isEnd: false) == false)
        #expect(limit?.isPassed(rejected: 3, read: 3, isEnd: false) == true)
    }

    @Test func `a share is judged once enough records were read, or at the end`() {
        let limit = RejectLimit("1%")
        #expect(limit?.isPassed(rejected: 1, read: 1, isEnd: false) == false)
        #expect(limit?.isPassed(rejected: 1, read: 1, isEnd: true) == true)
        #expect(limit?.isPassed(rejected: 10, read: 1_000, isEnd: false) == false)
        #expect(limit?.isPassed(rejected: 11, read: 1_000, isEnd: false) == true)
    }
}
