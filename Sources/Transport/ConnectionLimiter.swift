internal import EventLoop
internal import Synchronization

/// Counts connections per address over all workers; asked once per connection made or closed.
final class ConnectionLimiter: Sendable {
    private let state: Mutex<State>

    private struct State {
        var countMax: Int
        var countPerAddressMax: Int
        var total = 0
        var byAddress: [NetworkPrefix: Int] = [:]
        /// When a want of descriptors may be told of again.
        var tellsNanoseconds: UInt64 = 0
    }

    /// How long a want of descriptors is told of once.
    private static let silenceNanoseconds: UInt64 = 10_000_000_000

    private let withoutDescriptor: @Sendable () -> Void

    enum Verdict: Equatable {
        /// There is room; where little is left, for one request only.
        case accepted(isCrowded: Bool)
        case tooMany
        case tooManyOfAddress
    }

    /// `withoutDescriptor` is called from any thread, at most once in ten seconds.
    init(countMax: Int, countPerAddressMax: Int, withoutDescriptor: @escaping @Sendable () -> Void = {}) {
        self.withoutDescriptor = withoutDescriptor
        state = Mutex(State(countMax: countMax, countPerAddressMax: countPerAddressMax))
    }

    /// Goes by other limits from now on; connections over them stay until they end.
    func settle(countMax: Int, countPerAddressMax: Int) {
        state.withLock { state in
            state.countMax = countMax
            state.countPerAddressMax = countPerAddressMax
        }
    }

    /// Places beyond the limit that only probes get.
    static let probeCountMax = 16

    /// Takes a connection from `network` into account if there is room for it. A probe's address has no limit, and
    /// places are kept for probes.
    func accept(_ network: NetworkPrefix, isProbe: Bool = false) -> Verdict {
        state.withLock { state in
            let ofAddress = state.byAddress[network, default: 0]
            guard isProbe || ofAddress < state.countPerAddressMax else { return .tooManyOfAddress }
            guard state.total < state.countMax + (isProbe ? Self.probeCountMax : 0) else { return .tooMany }
            let isCrowded = !isProbe && state.total * 10 >= state.countMax * 9
            state.byAddress[network] = ofAddress + 1
            state.total += 1
            return .accepted(isCrowded: isCrowded)
        }
    }

    /// There was no descriptor for a connection (reliability case R6).
    func noteWithoutDescriptor(nowNanoseconds: UInt64) {
        let isTold = state.withLock { state in
            guard nowNanoseconds >= state.tellsNanoseconds else { return false }
            state.tellsNanoseconds = nowNanoseconds &+ Self.silenceNanoseconds
            return true
        }
        if isTold { withoutDescriptor() }
    }

    /// Gives the place of a connection from `network` back.
    func release(_ network: NetworkPrefix) {
        state.withLock { state in
            let left = state.byAddress[network, default: 1] - 1
            state.byAddress[network] = left > 0 ? left : nil
            state.total -= 1
        }
    }

    /// Connections open now, of all workers.
    var count: Int { state.withLock { $0.total } }
}
