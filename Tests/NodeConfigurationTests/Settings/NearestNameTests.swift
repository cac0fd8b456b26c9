import Testing

@testable import NodeConfiguration

struct NearestNameTests {
    @Test(arguments: [("lisen", "listen"), ("adress", "address"), ("Map-Size", "map_size"), ("dta", "data")])
    func near(typed: String, expected: String) {
        #expect(NearestName.of(typed, among: ["listen", "address", "map_size", "data"]) == expected)
    }

    @Test(arguments: ["", "zzz", "x", String(repeating: "a", count: 65)])
    func far(typed: String) {
        #expect(NearestName.of(typed, among: ["listen", "address", "map_size", "data"]) == nil)
    }
}
