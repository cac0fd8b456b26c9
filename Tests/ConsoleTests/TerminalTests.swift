import Console
import Glibc
import Testing

struct TerminalTests {
    @Test func decorationNeedsAllFourConditions() {
        let plain = ProcessEnvironment(["TERM": "xterm"])
        #expect(Terminal.allowsDecoration(isTerminal: true, environment: plain, noColour: false))
        #expect(!Terminal.allowsDecoration(isTerminal: false, environment: plain, noColour: false))
        #expect(!Terminal.allowsDecoration(isTerminal: true, environment: plain, noColour: true))
        for variables in [["TERM": "dumb"], ["NO_COLOR": "1"], ["NO_COLOR": ""]] {
            #expect(
                !Terminal.allowsDecoration(
                    isTerminal: true,
                    environment: ProcessEnvironment(variables),
                    noColour: false
                )
            )
        }
    }

    @Test func aPipeIsNoTerminal() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let environment = ProcessEnvironment(["COLUMNS": "132"])
        let terminal = Terminal(descriptor: ends[1], environment: environment, noColour: false)
        #expect(terminal == Terminal(isTerminal: false, isDecorated: false, columns: 132))
    }

    @Test func aPseudoTerminalIsOneAndHasItsWidth() throws {
        var (control, screen): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: 24, ws_col: 97, ws_xpixel: 0, ws_ypixel: 0)
        try #require(openpty(&control, &screen, nil, nil, &size) == 0)
        defer { for end in [control, screen] { close(end) } }
        let terminal = Terminal(descriptor: screen, environment: ProcessEnvironment([:]), noColour: false)
        #expect(terminal == Terminal(isTerminal: true, isDecorated: true, columns: 97))
    }

    @Test func colourOnlyWhereAllowed() {
        #expect(Terminal(isTerminal: true, isDecorated: true).painted("x", .red) == "\u{1B}[31mx\u{1B}[0m")
        #expect(Terminal(isTerminal: false, isDecorated: false).painted("x", .red) == "x")
    }

    @Test func widthHasAFloor() {
        #expect(Terminal(isTerminal: true, isDecorated: true, columns: -5).columns == 20)
    }
}
