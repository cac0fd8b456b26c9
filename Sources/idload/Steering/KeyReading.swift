internal import Console
internal import EventLoop
internal import Synchronization

/// Hands keys that are pressed to a run, on a thread of its own; the terminal is as before when it ends.
final class KeyReading {
    private static let pauseMilliseconds: Int32 = 50

    private let end: End
    private let thread: NamedThread

    /// nil where standard input is no terminal of ours, or nobody sees on `terminal` what keys do.
    init?(_ steering: RunSteering, shownOn terminal: Terminal) {
        guard terminal.isDecorated, let keys = TerminalKeys() else { return nil }
        let end = End()
        let reader = Reader(keys)
        // Without a thread there are no keys; the run does without.
        guard let thread = try? NamedThread(name: "keys", work: { reader.read(for: steering, until: end) }) else {
            return nil
        }
        self.end = end
        self.thread = thread
    }

    /// Puts the terminal back.
    func close() {
        end.isOver.store(true, ordering: .relaxed)
        thread.join()
    }

    /// What keys do, in one line.
    static func help(hasRate: Bool) -> LocalizedText {
        let percent = Int(RunSteering.percentOfKey)
        return LocalizedText(
            english: (hasRate ? "keys: + and - change the rate by \(percent) %, " : "keys: ") + "q ends the run",
            chinese: (hasRate ? "按键：+ 与 - 将速率增减 \(percent) %，" : "按键：") + "q 结束运行"
        )
    }

    private final class End: Sendable {
        let isOver = Atomic<Bool>(false)
    }

    /// Unchecked: the keys go over to the thread and are nobody else's.
    private final class Reader: @unchecked Sendable {
        private var keys: TerminalKeys?

        init(_ keys: consuming TerminalKeys) {
            self.keys = consume keys
        }

        func read(for steering: RunSteering, until end: End) {
            while !end.isOver.load(ordering: .relaxed) {
                if let key = keys?.next(withinMilliseconds: KeyReading.pauseMilliseconds) { steering.press(key) }
            }
            keys = nil
        }
    }
}
