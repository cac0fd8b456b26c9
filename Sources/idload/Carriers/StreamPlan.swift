internal import Cryptography
internal import EventLoop

/// What the connections of a carrier have in common.
struct StreamPlan {
    let target: SocketAddress
    let sources: LocalAddresses
    /// nil: plain TCP.
    let security: TLSContext?

    init(target: SocketAddress, sources: [SocketAddress] = [], security: TLSContext? = nil) {
        self.target = target
        self.sources = LocalAddresses(sources)
        self.security = security
    }
}
