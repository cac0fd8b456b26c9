import ResolutionProtocol
import Testing

@testable import idctl

@Suite struct StatusReportTests {
    @Test(arguments: [
        (#"{"state":"ready"}"#, true), (#"{"state":"draining"}"#, false), ("{}", false), (#"{"ready":true}"#, true),
        (#"{"ready":false,"state":"ready"}"#, false),
    ])
    func `a node is ready when it says so`(text: String, isReady: Bool) throws {
        #expect(try StatusReport(Array(text.utf8), place: "s").isReady == isReady)
    }

    @Test func `members become lines`() throws {
        let text = #"{"pid":12345,"storage":{"bytes":1234567},"listeners":[{"address":"[::1]:1"}],"tags":["a","b"]}"#
        #expect(
            try StatusReport(Array(text.utf8), place: "s").lines() == [
                "pid                   12345", "storage.bytes         1,234,567", "listeners[1].address  [::1]:1",
                "tags                  a, b",
            ]
        )
    }

    @Test(arguments: ["", "[1", "{\"a\":}", "nonsense", "{\"a\":1}x", "\"\\ud800\"", "{\"a\" 1}"])
    func `what is no JSON is refused`(text: String) {
        #expect(JSONTree(Array(text.utf8)) == nil)
    }

    @Test func `escapes are read, and nesting has a bound`() {
        #expect(JSONTree(Array(#""a\n\u6cf5\ud83d\ude00\"""#.utf8)) == .string("a\n泵😀\""))
        #expect(JSONTree(Array(repeating: UInt8(ascii: "["), count: 100_000)) == nil)
    }
}
