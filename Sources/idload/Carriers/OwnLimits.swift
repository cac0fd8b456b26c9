internal import Glibc
internal import ResolutionClient

/// What this machine gives a process, and what it has no more of.
enum OwnLimits {
    /// As many descriptors as there may be, so that this tool is not its own limit.
    static func raiseDescriptorCount() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Whether a socket failed for want of ports, descriptors or memory here: the target has no part in it.
    static func areReached(_ failure: AskFailure) -> Bool {
        guard case .system(let code) = failure else { return false }
        return [EADDRNOTAVAIL, EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }
}
