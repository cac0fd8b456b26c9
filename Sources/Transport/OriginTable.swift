internal import EventLoop
internal import Resolution

/// Decides by the asker's address what a query counts as: the longest matching network wins, external where none
/// matches.
///
/// Immutable; read by all workers without locks.
final class OriginTable: Sendable {
    private let rules: [OriginRule]

    init(rules: [OriginRule]) {
        self.rules = rules.sorted { $0.network.bitCount > $1.network.bitCount }
    }

    func origin(of address: SocketAddress) -> OriginClass {
        for rule in rules where rule.network.contains(address) { return rule.origin }
        return .external
    }
}

extension SocketAddress {
    /// The whole address as counts know it.
    var querySource: QuerySource { QuerySource(high: high, low: low, prefixLength: 128) }
}
