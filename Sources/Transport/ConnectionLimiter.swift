internal import EventLoop
internal import Synchronization

/// Counts connections per address over all workers; asked once per connection made or closed.
final class ConnectionLimiter: Sendable {
    private let countMax: Int
    private let countPerAddressMax: Int
    private let state = Mutex(State())

    private struct State {
        var total = 0
        var byAddress: [NetworkPrefix: Int] = [:]
    }

    enum Verdict: Equatable {
        case accepted
        case tooMany
        case tooManyOfAddress
    }

    init(countMax: Int, countPerAddressMax: Int) {
        self.countMax = countMax
        self.countPerAddressMax = countPerAddressMax
    }

    /// Takes a connection from `network` into account if there is room for it.
    func accept(_ network: NetworkPrefix) -> Verdict {
        state.withLock { state in
            let ofAddress = state.byAddress[network, default: 0]
            guard ofAddress < countPerAddressMax else { return .tooManyOfAddress }
            guard state.total < countMax else { return .tooMany }
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
