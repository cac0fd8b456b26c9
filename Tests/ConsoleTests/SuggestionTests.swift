import Console
import Testing

struct SuggestionTests {
    private let known = ["listen", "limits", "storage", "udp", "tcp", "log"]

    @Test(arguments: [
        ("lisen", "listen"), ("LISTEN", "listen"), ("limist", "limits"), ("sotrage", "storage"), ("upd", "udp"),
        ("lgo", "log"),
        ("listenn", "listen"), ("storags", "storage"),
    ])
    func nearest(typed: String, expected: String) {
        #expect(Suggestion.nearest(typed, among: known) == expected)
    }

    @Test(arguments: ["", "x", "network", "abcdefghijkl", String(repeating: "l", count: 1_000)])
    func nothingNear(typed: String) {
        #expect(Suggestion.nearest(typed, among: known) == nil)
    }

    @Test func firstOfEqualsWins() {
        #expect(Suggestion.nearest("bat", among: ["cat", "hat"]) == "cat")
        #expect(Suggestion.nearest("cat", among: []) == nil)
    }

    @Test func longNamesAreLeftOut() {
        let long = String(repeating: "a", count: 65)
        #expect(Suggestion.nearest(String(repeating: "a", count: 64), among: [long]) == nil)
    }
}
