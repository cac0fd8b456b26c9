/// The node's configuration file, read once: every value is checked, every key has a value, and nothing changes any
/// more.
///
/// The names and units of the fields are those of the file; conf/node.toml explains each.
package struct NodeConfiguration: Equatable, Sendable {
    /// `[node]`
    package internal(set) var node = NodeSection()
    /// `[[listen]]`, never empty.
    package internal(set) var listen: [ListenSection] = []
    /// `[udp]`
    package internal(set) var udp = UDPSection()
    /// `[rate_limit]`
    package internal(set) var rateLimit = RateLimitSection()
    /// `[tcp]`
    package internal(set) var tcp = TCPSection()
    /// `[tls]`
    package internal(set) var tls = TLSSection()
    /// `[administration]`
    package internal(set) var administration = AdministrationSection()
    /// `[federation]`
    package internal(set) var federation = FederationSection()
    /// `[recursion]`
    package internal(set) var recursion = RecursionSection()
    /// `[guardian]`
    package internal(set) var guardian = GuardianSection()
    /// `[limits]`
    package internal(set) var limits = LimitsSection()
    /// `[storage]`
    package internal(set) var storage = StorageSection()
    /// `[history]`
    package internal(set) var history = HistorySection()
    /// `[counting]`
    package internal(set) var counting = CountingSection()
    /// `[ledger]`
    package internal(set) var ledger = LedgerSection()
    /// `[[origins]]`, loopback always among them; each network once.
    package internal(set) var origins: [OriginsSection] = []
    /// `[site]`
    package internal(set) var site = SiteSection()
    /// `[control]`
    package internal(set) var control = ControlSection()
    /// `[log]`
    package internal(set) var log = LogSection()
    /// `[run]`
    package internal(set) var run = RunSection()

    /// The defaults, with loopback as the place to listen and as `own`.
    init() { fillIn() }

    /// Where the control socket is: as configured, or in the data directory.
    package var controlSocketPath: String {
        control.socket.isEmpty ? node.data + (node.data.hasSuffix("/") ? "" : "/") + "control.sock" : control.socket
    }

    /// Whether the node asks others on behalf of its askers.
    package var isRecursive: Bool {
        recursion.mode == .on || recursion.mode == .byRole && node.role == .recursive
    }

    /// The class of a query from `address` where the listener leaves it to the source: that of the longest network that
    /// holds it.
    package func originClass(of address: IPAddress) -> OriginClass {
        let holding = origins.filter { $0.network.contains(address) }
        return holding.max { $0.network.prefixLength < $1.network.prefixLength }?.originClass ?? .external
    }

    /// Adds what stands when the file says nothing. Loopback is `own` unless the file classes that very network itself.
    mutating func fillIn() {
        if listen.isEmpty {
            listen = [ListenSection(address: .loopback4), ListenSection(address: .loopback6)]
        }
        for network in [IPNetwork.loopback4, .loopback6] where !origins.contains(where: { $0.network == network }) {
            origins.append(OriginsSection(network: network, originClass: .own))
        }
    }
}
