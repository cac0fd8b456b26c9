import ResolutionProtocol

@testable import Resolution

/// A guardian with a clock of its own, and delegations that tests make up.
struct GuardianBench {
    var guardian: RouteGuardian
    var time = BatchTime(unixSeconds: 1_700_000_000, nanoseconds: 1_000_000_000_000)
    var events: [GuardianEvent] = []

    init(_ settings: GuardianSettings = GuardianSettings(), open: [GuardianEvent] = [], nextEvent: UInt64 = 1) {
        guardian = RouteGuardian(settings: settings, open: open, nextEvent: nextEvent, at: time)
    }

    /// A site with one server at 192.0.2.`number`, port 2641, asked over UDP and TCP.
    static func site(_ number: UInt8, of prefix: String = "88.118.7") -> DelegatedSite {
        let data = siteInfo([number]).wire
        return DelegatedSite(prefix: Array(prefix.utf8), data: data) ?? unreadable
    }

    /// A site with a server for each number.
    static func siteInfo(_ numbers: [UInt8]) -> SiteInfo {
        let kinds: [ServerInterface.TransportProtocol] = [.tcp, .udp]
        let interfaces = kinds.map { ServerInterface(kind: .both, transport: $0, port: 2_641) }
        return SiteInfo(
            serialNumber: 1,
            servers: numbers.map { number in
                SiteServer(serverID: UInt32(number), address: bytes(number), interfaces: interfaces)
            }
        )
    }

    private static var unreadable: DelegatedSite { fatalError("the site cannot be read back") }

    static func bytes(_ number: UInt8) -> [UInt8] { [UInt8](repeating: 0, count: 12) + [192, 0, 2, number] }

    /// The address over one transport.
    static func address(_ number: UInt8, _ transport: ServerInterface.TransportProtocol = .udp) -> WatchedAddress {
        guard let address = WatchedAddress(address: bytes(number), port: 2_641, transport: transport) else {
            fatalError("no address")
        }
        return address
    }

    mutating func watch(_ sites: [DelegatedSite]) {
        events += guardian.watch(sites, at: time, draw: { 0 })
    }

    mutating func pass(seconds: UInt64) {
        time.unixSeconds += Int64(seconds)
        time.nanoseconds += seconds * 1_000_000_000
    }

    /// Has all that is due within `seconds` probed, where only the servers of `living` answer.
    mutating func probe(seconds: UInt64, living: Set<UInt8>) {
        for _ in 0..<seconds {
            for address in guardian.takeDue(at: time) {
                let answers = living.contains(address.server.address[15])
                note(answers ? .answered : .failed(.silent), of: address)
            }
            pass(seconds: 1)
        }
    }

    mutating func takeDue() -> [WatchedAddress] { guardian.takeDue(at: time) }

    mutating func note(_ outcome: ProbeOutcome, of address: WatchedAddress) {
        if let event = guardian.note(outcome, of: address, at: time, draw: 0) { events.append(event) }
    }

    func state(_ number: UInt8, _ transport: ServerInterface.TransportProtocol = .udp)
        -> AddressStanding.State?
    {
        guardian.watched.first { $0.address == Self.address(number, transport) }?.standing.state
    }

    /// The values of sites as a prefix's record has them.
    static func values(_ sites: [DelegatedSite], type: String = "HS_SITE") -> [HandleValue] {
        sites.enumerated().map { place, site in
            HandleValue(index: UInt32(place + 1), type: Array(type.utf8), data: site.data)
        }
    }

    /// What referrals leave out now.
    var silent: SilentSites {
        var copy = guardian
        return copy.takeSilent()
    }

    /// The numbers of the servers that a referral with `sites` names.
    func named(_ sites: [DelegatedSite]) -> [UInt8] {
        silent.shortened(Self.values(sites)).compactMap { value in
            (try? SiteInfo(wire: value.data))?.servers.first?.address[15]
        }
    }
}
