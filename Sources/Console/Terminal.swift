import Glibc

/// What one of the program's streams can show. Each stream is judged by itself: stdout may be a file while stderr is a
/// terminal.
package struct Terminal: Sendable, Equatable {
    /// Whether a person looks at this stream.
    package let isTerminal: Bool
    /// Whether colour and animation are allowed on it.
    package let isDecorated: Bool
    /// Its width in cells, at least 20; 80 where it cannot be told.
    package let columns: Int

    /// A stream as told; for tests and for streams that are already known.
    package init(isTerminal: Bool, isDecorated: Bool, columns: Int = Terminal.columnsDefault) {
        self.isTerminal = isTerminal
        self.isDecorated = isDecorated
        self.columns = max(columns, Self.columnsMin)
    }

    /// Looks at an open descriptor (0, 1 or 2).
    package init(descriptor: Int32, environment: ProcessEnvironment, noColour: Bool) {
        let isTerminal = isatty(descriptor) == 1
        self.init(
            isTerminal: isTerminal,
            isDecorated: Self.allowsDecoration(isTerminal: isTerminal, environment: environment, noColour: noColour),
            columns: Self.width(of: descriptor) ?? environment["COLUMNS"].flatMap { Int($0) } ?? Self.columnsDefault
        )
    }

    /// The rule for colour and animation: a terminal, `NO_COLOR` unset, `TERM` not `dumb`, and no `--no-color`.
    package static func allowsDecoration(isTerminal: Bool, environment: ProcessEnvironment, noColour: Bool) -> Bool {
        isTerminal && !noColour && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
    }

    /// `text` in `colour` where that is allowed, else as it is. The text must already be safe.
    package func painted(_ text: String, _ colour: Colour) -> String {
        isDecorated ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// The width taken for a stream that has none.
    package static let columnsDefault = 80
    private static let columnsMin = 20

    private static func width(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
