internal import EventLoop

/// Networks that are not limited: those that the configuration allows, and the top-level node's probes.
struct ExemptNetworks: ~Copyable {
    // Memory of its own, not an array, which would be retained for every datagram.
    private let networks: UnsafeMutablePointer<NetworkPrefix>
    private let count: Int

    init(_ settings: TransportSettings) {
        let all = settings.rateLimit.allowed + settings.probeNetworks
        count = all.count
        networks = .allocate(capacity: max(1, count))
        for (index, network) in all.enumerated() { (networks + index).initialize(to: network) }
    }

    deinit {
        networks.deinitialize(count: count)
        networks.deallocate()
    }

    func contain(_ address: SocketAddress) -> Bool {
        for index in 0..<count where networks[index].contains(address) { return true }
        return false
    }
}
