package import EventLoop
package import Resolution

/// What the listeners of a node go by; `NodeTransport.settle` says what of it can change later. Durations in
/// nanoseconds, sizes in bytes.
package struct TransportSettings: Sendable {
    /// Threads, each with a loop and sockets of its own.
    package var workerCount = 1
    /// Where to listen. Another transport: a listener in this module, and one line where `Worker` opens them.
    package var listeners: [ListenerPlan] = []
    /// Who counts as what.
    package var origins: [OriginRule] = []
    /// For whom other nodes are asked; none: for nobody.
    package var recursionNetworks: [NetworkPrefix] = []
    /// Whether answers of other nodes that are much asked for are refreshed before their time is over.
    package var prefetches = true
    /// How much of what is sent by UDP one source network may draw.
    package var rateLimit = RateLimit()
    /// Connections of all workers together.
    package var connectionCountMax = 8_192
    /// Connections of one IPv4 address or IPv6 /56.
    package var connectionsPerAddressMax = 256
    /// How long a connection may stay that has asked nothing.
    package var idleUnaskedNanoseconds: UInt64 = 10_000_000_000
    /// How long a connection may idle that has been answered: the national SDK hangs on one closed under it.
    package var idleAnsweredNanoseconds: UInt64 = 30 * 60 * 1_000_000_000
    /// How long a message may take from its first byte to its last.
    package var wholeMessageNanoseconds: UInt64 = 5_000_000_000
    /// How long a peer may take no byte of an answer.
    package var writeStallNanoseconds: UInt64 = 10_000_000_000
    /// Unsent answers of one connection above which no more requests of it are read.
    package var pendingOutputByteCount = 1 << 20
    /// Bytes of unfinished requests and unsent answers of all connections together.
    package var inFlightByteCountMax = 256 << 20
    /// Bytes of datagrams that the kernel is asked to keep for each socket until they are read.
    ///
    /// A long queue is no help in overload: what it holds is read late and from cold memory. At a quarter of a core,
    /// asked three times what it answers, a node kept 88 to 94 % of its peak with 4 MiB, and all of it with 1 MiB.
    package var receiveBufferByteCount = 1 << 20
    /// Unfinished requests of several packets from one source. These bounds hold for each worker and address by itself.
    package var reassemblyPerSourceMax = 64
    /// Unfinished requests of all sources.
    package var reassemblyCountMax = 4_096
    /// Bytes announced by unfinished requests.
    package var reassemblyByteCountMax = 16 << 20
    /// How long the packets of one request may take.
    package var reassemblyNanoseconds: UInt64 = 5_000_000_000

    /// The networks of the top-level node's probes.
    package var probeNetworks: [NetworkPrefix] { origins.filter { $0.origin == .probe }.map(\.network) }

    /// Who of those that ask one address by UDP is a probe.
    func steering(isIPv6: Bool) -> SourceSteering {
        SourceSteering(isIPv6: isIPv6, networks: probeNetworks, otherCount: workerCount)
    }

    /// The defaults of conf/node.toml, with nothing to listen on.
    package init() {}
}

/// An address to listen on.
package struct ListenerPlan: Sendable, Hashable {
    /// Where; port 0 takes a free one, the same for UDP and TCP.
    package var address: SocketAddress
    /// Whether datagrams are taken.
    package var isUDP: Bool
    /// Whether connections are taken.
    package var isTCP: Bool
    /// By what connections are protected; nil: they are taken as they come.
    package var tls: ReplaceableTLSContext?
    /// What everyone who asks here counts as; nil: the table of source networks decides.
    package var origin: OriginClass?

    /// Listens on `address`.
    package init(
        address: SocketAddress,
        isUDP: Bool = true,
        isTCP: Bool = true,
        tls: ReplaceableTLSContext? = nil,
        origin: OriginClass? = nil
    ) {
        self.address = address
        self.isUDP = isUDP
        self.isTCP = isTCP
        self.tls = tls
        self.origin = origin
    }
}

/// A network and what queries from it count as.
package struct OriginRule: Sendable, Hashable {
    /// The network.
    package var network: NetworkPrefix
    /// What queries from it count as.
    package var origin: OriginClass

    /// A rule.
    package init(network: NetworkPrefix, origin: OriginClass) {
        self.network = network
        self.origin = origin
    }
}
