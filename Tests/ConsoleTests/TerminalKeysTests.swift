import Glibc
import Testing

@testable import Console

/// A terminal of our own making, whose other end presses keys.
@Suite(.serialized)
struct TerminalKeysTests {
    private func withTerminal(_ body: (_ keyboard: Int32, _ terminal: Int32) throws -> Void) throws {
        let keyboard = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        defer { close(keyboard) }
        // TIOCSPTLCK and TIOCGPTN of ioctl_tty(2).
        var (isLocked, number): (Int32, Int32) = (0, 0)
        try #require(ioctl(keyboard, 0x4004_5431, &isLocked) == 0 && ioctl(keyboard, 0x8004_5430, &number) == 0)
        let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        defer { close(terminal) }
        try #require(terminal >= 0)
        try body(keyboard, terminal)
    }

    private func hasKeys(_ descriptor: Int32) -> Bool {
        if case .some = TerminalKeys(descriptor: descriptor) { return true }
        return false
    }

    private func flags(of terminal: Int32) -> tcflag_t {
        var settings = termios()
        tcgetattr(terminal, &settings)
        return settings.c_lflag
    }

    @Test func L5_keysComeOneByOneAndTheTerminalIsPutBack() throws {
        try withTerminal { keyboard, terminal in
            let before = flags(of: terminal)
            #expect(before & tcflag_t(ICANON) != 0 && before & tcflag_t(ECHO) != 0)
            do {
                guard let keys = TerminalKeys(descriptor: terminal) else {
                    Issue.record("a terminal has keys")
                    return
                }
                #expect(flags(of: terminal) & tcflag_t(ICANON | ECHO) == 0)
                #expect(flags(of: terminal) & tcflag_t(ISIG) != 0)
                let none = keys.next(withinMilliseconds: 0)
                #expect(none == nil)
                write(keyboard, "+q", 2)
                let pressed = [keys.next(withinMilliseconds: 5_000), keys.next(withinMilliseconds: 5_000)]
                #expect(pressed == [UInt8(ascii: "+"), UInt8(ascii: "q")])
                #expect(!hasKeys(terminal), "one at a time")
            }
            #expect(flags(of: terminal) == before)
        }
    }

    @Test func L5_aHandlerCanPutTheTerminalBack() throws {
        try withTerminal { _, terminal in
            let before = flags(of: terminal)
            guard let keys = TerminalKeys(descriptor: terminal) else {
                Issue.record("a terminal has keys")
                return
            }
            TerminalMode.restore()
            #expect(flags(of: terminal) == before)
            let none = keys.next(withinMilliseconds: 0)
            #expect(none == nil)
        }
    }

    @Test func noKeysWithoutATerminal() {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        #expect(!hasKeys(ends[0]))
        close(ends[0])
        close(ends[1])
    }
}
