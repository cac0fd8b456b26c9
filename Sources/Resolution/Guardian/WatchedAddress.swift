package import ResolutionProtocol

/// What the route guardian probes: a port of a server of another node, over one transport.
///
///     address 16 | port u16 | transport u8
package struct WatchedAddress: Hashable, Sendable {
    /// Bytes in wire form.
    package static let byteCount = 19

    /// Where it is; the port is of 1 to 65,535.
    package let server: ServerEndpoint
    /// Over what it is asked: UDP or TCP.
    package let transport: ServerInterface.TransportProtocol

    /// Nil where a question cannot go there.
    package init?(address: [UInt8], port: UInt32, transport: ServerInterface.TransportProtocol) {
        guard SiteCandidate.isUsable(address), port > 0, port <= 65_535, transport == .udp || transport == .tcp else {
            return nil
        }
        server = ServerEndpoint(address: address, port: port)
        self.transport = transport
    }

    /// For people: `192.0.2.7:2641 UDP`, `[2001:db8::7]:2641 TCP`.
    package var text: String {
        let host = ServerAddress.text(server.address)
        let place = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return "\(place):\(server.port) \(ServerAddress.name(of: transport))"
    }

    /// Where a site's servers are to be asked, a list for each server: all its interfaces for resolution, at its own
    /// address and at those that stand for it.
    static func all(of site: SiteInfo) -> [[WatchedAddress]] {
        site.servers.map { server in
            let addresses = [server.address] + SiteCandidate.otherAddresses(of: server, in: site)
            let found = addresses.flatMap { address in
                SiteCandidate.usable(server.interfaces).compactMap {
                    WatchedAddress(address: address, port: $0.port, transport: $0.transport)
                }
            }
            var seen: Set<WatchedAddress> = []
            return found.filter { seen.insert($0).inserted }
        }
    }
}

extension WatchedAddress: WireCodable {
    package static var byteCountMin: Int { byteCount }

    package init(from reader: inout WireReader) throws(WireError) {
        let address = try reader.bytes(byteCount: 16)
        let port = UInt32(try reader.uint16())
        let transport = ServerInterface.TransportProtocol(rawValue: try reader.uint8())
        guard let read = WatchedAddress(address: address, port: port, transport: transport) else {
            throw .invalidField
        }
        self = read
    }

    package func write(to writer: inout WireWriter) {
        writer.bytes(server.address)
        writer.uint16(UInt16(truncatingIfNeeded: server.port))
        writer.uint8(transport.rawValue)
    }
}

extension WatchedAddress: Comparable {
    package static func < (a: WatchedAddress, b: WatchedAddress) -> Bool {
        guard a.server.address == b.server.address else {
            return a.server.address.lexicographicallyPrecedes(b.server.address)
        }
        return (a.server.port, a.transport.rawValue) < (b.server.port, b.transport.rawValue)
    }
}
