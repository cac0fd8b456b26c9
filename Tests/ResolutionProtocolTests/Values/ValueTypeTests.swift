import ResolutionProtocol
import Testing

@Suite struct ValueTypeTests {
    @Test(arguments: [
        ("URL", "URL", true), ("url", "URL", true), ("URL", "URL.X", false), ("URL.", "URL", true),
        ("URL.", "URL.MIRROR", true), ("URL.", "URLS", false), ("URL.", "UR", false), ("A.", "a.b", true),
        ("", "URL", false), (".", "URL", false), ("", "", false), (".", "", false), (".", ".x", false),
        ("URL.", "URL.", true), ("URL..", "URL.", true), ("URL..", "URL.X", false), ("类型.", "类型.甲", true),
    ])
    func selection(_ requested: String, _ type: String, _ isSelected: Bool) {
        let (left, right) = (Array(requested.utf8), Array(type.utf8))
        let selects = ValueType.selects(left.span.bytes, right.span.bytes)
        #expect(selects == isSelected)
    }
}
