import Console
import Testing

struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("标识", 4), ("ｆ", 2), ("ﾊ", 1), ("e\u{301}", 1), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
        ("🙂", 2),
        ("🇨🇳", 2), ("👍🏽", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("👩‍🔧", 2), ("…", 1), ("，", 2), ("𠀀", 2), ("é", 1), ("\u{7}", 0),
        ("a标b", 4), ("ก\u{E31}", 1), ("½", 1),
    ])
    func cells(text: String, expected: Int) {
        #expect(DisplayWidth.cells(of: text) == expected)
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 4, "abc…"), ("标识解析", 5, "标识…"), ("标识解析", 4, "标…"), ("abc", 0, ""),
        ("标", 1, "…"),
    ])
    func cut(text: String, cells: Int, expected: String) {
        let cut = DisplayWidth.cut(text, toCells: cells)
        #expect(cut == expected)
        #expect(DisplayWidth.cells(of: cut) <= cells)
    }
}
