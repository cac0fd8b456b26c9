/// For whom a node recurses, and what its workers keep of the answers.
package struct RecursionAccess: Sendable {
    /// Networks whose requests are recursed: addresses whose first `prefixLength` bits are theirs.
    package var allowed: [QuerySource]
    /// Memory of a worker's answer cache in bytes, allotted at its start.
    package var cacheByteCount: Int
    /// How long after its time an answer may be given out, in seconds, while nothing newer is to be had.
    package var staleSecondsMax: UInt64

    /// Recursion for `allowed`.
    package init(allowed: [QuerySource], cacheByteCount: Int = 16 << 20, staleSecondsMax: UInt64 = 86_400) {
        self.allowed = allowed
        self.cacheByteCount = cacheByteCount
        self.staleSecondsMax = staleSecondsMax
    }
}

/// Networks, in memory of their own: an array would be retained for every request.
struct SourceNetworks: ~Copyable {
    private let networks: UnsafeMutablePointer<QuerySource>
    private let count: Int

    init(_ networks: [QuerySource]) {
        count = networks.count
        self.networks = .allocate(capacity: max(1, count))
        for (index, network) in networks.enumerated() { (self.networks + index).initialize(to: network) }
    }

    deinit {
        networks.deinitialize(count: count)
        networks.deallocate()
    }

    var isEmpty: Bool { count == 0 }

    func contain(_ source: QuerySource) -> Bool {
        for index in 0..<count where networks[index].contains(source) { return true }
        return false
    }
}

extension QuerySource {
    /// Whether the address `other` lies in this network.
    package func contains(_ other: QuerySource) -> Bool {
        let length = UInt64(prefixLength)
        let highMask = length >= 64 ? UInt64.max : ~(UInt64.max >> length)
        let lowMask = length <= 64 ? 0 : length >= 128 ? UInt64.max : ~(UInt64.max >> (length - 64))
        return (high ^ other.high) & highMask == 0 && (low ^ other.low) & lowMask == 0
    }
}
