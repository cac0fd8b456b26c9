import Console
import Testing

struct ProgressLineTests {
    private let screen = Terminal(isTerminal: true, isDecorated: true, columns: 100)
    private let file = Terminal(isTerminal: false, isDecorated: false)

    @Test func aBarShowsAtOnceAndThenTenTimesASecond() {
        var progress = ProgressLine(label: "parts.csv", total: 1_000_000, terminal: screen, language: .english)
        let first = progress.update(done: 0, at: .zero) ?? ""
        #expect(first == "\rparts.csv  [..............................]  0 %  0/1,000,000  0/s  0 s\u{1B}[K")
        let tooSoon = progress.update(done: 1_000, at: .milliseconds(99))
        #expect(tooSoon == nil)
        let second = progress.update(done: 1_000, at: .milliseconds(100))
        #expect(second != nil)
        let half = progress.update(done: 500_000, at: .seconds(2)) ?? ""
        #expect(half.contains("[###############...............]  50 %  500,000/1,000,000  250,000/s  2 s left"))
        let end = progress.finish(done: 1_000_000, at: .seconds(4)) ?? ""
        #expect(end.contains("100 %  1,000,000/1,000,000  250,000/s  4 s"))
        #expect(end.hasSuffix("\u{1B}[K\n"))
    }

    @Test func withoutATerminalOneLineEveryTenSeconds() {
        var progress = ProgressLine(label: "零件.csv", total: 100, terminal: file, language: .chinese)
        var lines: [String] = []
        for tenths in 0...250 {
            if let line = progress.update(done: UInt64(tenths) / 10, at: .milliseconds(tenths * 100)) {
                lines.append(line)
            }
        }
        #expect(lines == ["零件.csv  10 %  10/100  1/s  剩余 1 min 30 s\n", "零件.csv  20 %  20/100  1/s  剩余 1 min 20 s\n"])
        #expect(progress.finish(done: 100, at: .seconds(26)) == "零件.csv  100 %  100/100  3.85/s  26 s\n")
    }

    @Test func shortTaskWithoutATerminalLeavesNoLine() {
        var progress = ProgressLine(label: "x", total: nil, terminal: file, language: .english)
        let first = progress.update(done: 5, at: .seconds(1))
        #expect(first == nil)
        let end = progress.finish(done: 9, at: .seconds(2))
        #expect(end == nil)
    }

    @Test func unknownTotalHasNoBar() {
        var progress = ProgressLine(label: "stdin", total: nil, terminal: screen, language: .english)
        let only = progress.update(done: 5_000, at: .seconds(2))
        #expect(only == "\rstdin  5,000  2,500/s  2 s\u{1B}[K")
    }

    @Test(arguments: [20, 30, 40, 60, 80, 200])
    func neverWiderThanTheScreen(columns: Int) {
        let narrow = Terminal(isTerminal: true, isDecorated: true, columns: columns)
        var progress = ProgressLine(
            label: "一个名字很长很长很长的零件清单.csv",
            total: 2_000_000_000,
            terminal: narrow,
            language: .chinese
        )
        let line = progress.update(done: 1_999_999_999, at: .seconds(100)) ?? ""
        #expect(DisplayWidth.cells(of: String(line.dropFirst().dropLast(3))) < columns)
    }

    /// A rate that falls is seen within ten seconds, not averaged away.
    @Test func rateIsThatOfTheLastSeconds() {
        var progress = ProgressLine(label: "x", total: nil, terminal: file, language: .english)
        var last = ""
        for second in 1...60 {
            let done = second <= 30 ? second * 1_000 : 30_000 + (second - 30) * 10
            last = progress.update(done: UInt64(done), at: .seconds(second)) ?? last
        }
        #expect(last == "x  30,300  10/s  1 min 00 s\n")
    }
}
