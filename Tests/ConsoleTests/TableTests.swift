import Console
import Testing

struct TableTests {
    @Test func columnsStandStraightInChinese() {
        var table = Table([.init("前缀"), .init("Count", .right), .init("Note")])
        table.add(["88.118.8", "12", "泵"])
        table.add(["标识解析节点", "1,234", ""])
        #expect(
            table.lines() == [
                "前缀          Count  Note",
                "88.118.8         12  泵",
                "标识解析节点  1,234",
            ]
        )
    }

    @Test func withoutTitlesThereIsNoHead() {
        var table = Table([.init(""), .init("")])
        table.add(["a", "1"])
        table.add(["long", "2"])
        #expect(table.lines() == ["a     1", "long  2"])
    }

    @Test func cellsAreMadeSafeAndMissingOnesAreEmpty() {
        var table = Table([.init("a"), .init("b"), .init("c")])
        table.add(["\u{1B}[0m", "x\ny"])
        table.add(["1", "2", "3", "left out"])
        #expect(table.lines() == ["a        b     c", "\\x1B[0m  x\\ny", "1        2     3"])
    }

    @Test func emptyCellInTheMiddleKeepsThePlace() {
        var table = Table([.init("a"), .init("b", .right), .init("c")])
        table.add(["1", "", "3"])
        #expect(table.lines() == ["a  b  c", "1     3"])
    }
}
