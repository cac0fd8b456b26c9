import Glibc
import Synchronization

/// The terminal's settings as they were, and as they are for single keys; what signal handlers use of them is ready
/// before they do.
enum TerminalMode {
    private static let changed = Atomic<Int32>(-1)
    // Written before `changed` is set, and not while it is: handlers only read.
    private nonisolated(unsafe) static let before = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    private nonisolated(unsafe) static let within = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    /// What ends a process that does not catch it.
    private static let endings = [SIGHUP, SIGQUIT, SIGABRT, SIGILL, SIGTRAP, SIGFPE, SIGSEGV]

    /// Whether the terminal listens to this process; one that controls no job of ours does.
    static func isOurs(_ descriptor: Int32) -> Bool {
        let group = tcgetpgrp(descriptor)
        return group == -1 || group == getpgrp()
    }

    /// Whether keys now come one by one.
    static func enter(_ descriptor: Int32) -> Bool {
        guard changed.load(ordering: .relaxed) < 0, tcgetattr(descriptor, before) == 0 else { return false }
        within.pointee = before.pointee
        within.pointee.c_lflag &= ~tcflag_t(ICANON | ECHO)
        guard tcsetattr(descriptor, TCSANOW, within) == 0 else { return false }
        changed.store(descriptor, ordering: .sequentiallyConsistent)
        takeOnSignals()
        return true
    }

    /// Puts back what was there before.
    static func leave() {
        restore()
        changed.store(-1, ordering: .sequentiallyConsistent)
        for ending in endings + [SIGTSTP] { signal(ending, SIG_DFL) }
    }

    /// The same for a signal's handler: it does what is allowed there.
    static func restore() {
        let descriptor = changed.load(ordering: .sequentiallyConsistent)
        // What a shell has set since then is its own.
        if descriptor >= 0, isOurs(descriptor) { tcsetattr(descriptor, TCSANOW, before) }
    }

    private static func takeOnSignals() {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            TerminalMode.restore()
            raise(number)
        }
        // Once, and then as without us.
        action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_NODEFER
        for ending in endings { sigaction(ending, &action, nil) }
        takeOnStop()
    }

    /// Stopped, the terminal is the shell's; going on, it is for keys again.
    private static func takeOnStop() {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            TerminalMode.restore()
            raise(number)
            let descriptor = TerminalMode.changed.load(ordering: .sequentiallyConsistent)
            guard descriptor >= 0 else { return }
            if TerminalMode.isOurs(descriptor) { tcsetattr(descriptor, TCSANOW, TerminalMode.within) }
            TerminalMode.takeOnStop()
        }
        action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_NODEFER
        sigaction(SIGTSTP, &action, nil)
    }
}
