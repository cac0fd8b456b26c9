package import EventLoop
package import Resolution

/// Decides by the asker's address what a query counts as: the longest matching network wins, external where none
/// matches.
///
/// Immutable; read by all workers without locks.
final class OriginTable: @unchecked Sendable {
    // Sendable: nothing is written after init; the memory lives as long as self. Not an array, which would be retained
    // for every datagram.
    private let rules: UnsafeMutablePointer<OriginRule>
    private let count: Int

    init(rules: [OriginRule]) {
        let sorted = rules.sorted { $0.network.bitCount > $1.network.bitCount }
        count = sorted.count
        self.rules = .allocate(capacity: max(1, count))
        for (index, rule) in sorted.enumerated() { (self.rules + index).initialize(to: rule) }
    }

    deinit {
        rules.deinitialize(count: count)
        rules.deallocate()
    }

    func origin(of address: SocketAddress) -> OriginClass {
        for index in 0..<count where rules[index].network.contains(address) { return rules[index].origin }
        return .external
    }
}

extension SocketAddress {
    /// The whole address as counts know it.
    var querySource: QuerySource { QuerySource(high: high, low: low, prefixLength: 128) }
}

extension NetworkPrefix {
    /// The network as counts and recursion know it.
    package var querySource: QuerySource { QuerySource(high: high, low: low, prefixLength: bitCount) }
}
