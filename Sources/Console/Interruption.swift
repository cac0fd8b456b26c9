import Glibc
import Synchronization

/// Ctrl-C: once asks the program to stop cleanly, twice ends it at once.
///
/// A program that has taken this on looks at `isRequested` between two pieces of work, writes what is known, says how
/// to resume, and exits with `ExitCode.interrupted`.
package enum Interruption {
    private static let count = Atomic<Int>(0)

    /// Takes on SIGINT and SIGTERM; for programs without an event loop of their own. For a program's first lines.
    package static func takeOn() {
        // Touched here, so that the signal's handler never is the one to set it up. What was asked for stays: of many
        // commands in one process each takes this on.
        _ = count.load(ordering: .relaxed)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in
            // Only what is allowed in a handler: an atomic word, the terminal and _exit.
            guard Interruption.count.add(1, ordering: .relaxed).oldValue > 0 else { return }
            TerminalMode.restore()
            _exit(ExitCode.interrupted.rawValue)
        }
        sigaction(SIGINT, &action, nil)
        sigaction(SIGTERM, &action, nil)
    }

    /// Asks the program to stop cleanly, as the first Ctrl-C does.
    package static func request() { _ = count.compareExchange(expected: 0, desired: 1, ordering: .relaxed) }

    /// Whether somebody asked the program to stop.
    package static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
}
