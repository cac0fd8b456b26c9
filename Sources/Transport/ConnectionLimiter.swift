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
    }

    enum Verdict: Equatable {
        case accepted
        case tooMany
        case tooManyOfAddress
    }

    init(countMax: Int, countPerAddressMax: Int) {
        state = Mutex(State(countMax: countMax, countPerAddressMax: countPerAddressMax))
    }

    /// Goes by other limits from now on; connections over them stay until they end.
    func settle(countMax: Int, countPerAddressMax: Int) {
        state.withLock { state in
            state.countMax = countMax
            state.countPerAddressMax = countPerAddressMax
        }
    }

    /// Takes a connection from `network` into account if there is room for it.
    func accept(_ network: NetworkPrefix) -> Verdict {
        state.withLock { state in
            let ofAddress = state.byAddress[network, default: 0]
            guard ofAddress < state.countPerAddressMax else { return .tooManyOfAddress }
            guard state.total < state.countMax else { return .tooMany }
            state.byAddress[network] = ofAddress + 1
            state.total += 1
            return .accepted
        }
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
