import Glibc

/// Single keys from a terminal, as they are pressed and without being shown. One at a time in a process.
///
/// The terminal is as it was before when this ends, and also when the process is stopped (Ctrl-Z), interrupted twice,
/// or ended by a signal that can be caught. Ctrl-C and the like mean what they always mean.
package struct TerminalKeys: ~Copyable {
    private let descriptor: Int32

    /// nil where `descriptor` is no terminal, or one that is another program's now (`&` in a shell).
    package init?(descriptor: Int32 = 0) {
        guard isatty(descriptor) == 1, TerminalMode.isOurs(descriptor), TerminalMode.enter(descriptor) else {
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { TerminalMode.leave() }

    /// The next key, waiting at most so long; nil: none was pressed.
    package func next(withinMilliseconds milliseconds: Int32) -> UInt8? {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, milliseconds) > 0 else { return nil }
        var key: UInt8 = 0
        // In the background what is typed is the shell's, and reading it would stop the process.
        if entry.revents & Int16(POLLIN) != 0, TerminalMode.isOurs(descriptor), read(descriptor, &key, 1) == 1 {
            return key
        }
        // A terminal that is gone is ready for ever.
        usleep(UInt32(max(0, milliseconds)) * 1_000)
        return nil
    }
}
