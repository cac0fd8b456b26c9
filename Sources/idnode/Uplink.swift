internal import Console
internal import Cryptography
internal import EventLoop
internal import NodeConfiguration

/// The way to the level above: at which addresses, and by TLS or plain. With TLS it is never plain: a server that does
/// not prove who it is is told nothing (U8).
struct Uplink: Sendable {
    /// Where the servers are spoken to, in their order.
    let servers: [SocketAddress]
    private let trust: Trust?

    private struct Trust: Sendable {
        let authorities: TLSFile
        let revoked: TLSFile?
        /// Nil: the address of each server.
        let name: String?
    }

    /// The way that `section` describes, by its files as they are now.
    init(_ section: FederationSection) throws(Failure) {
        let port = section.isSecured ? section.tlsPort : nil
        servers = section.above.map { NodeSettings.address($0.address, port: UInt16(clamping: port ?? $0.port)) }
        guard section.isSecured else {
            trust = nil
            return
        }
        let authorities = try Self.file(section.tlsAuthorities, "tls_authorities")
        var revoked: TLSFile?
        if !section.tlsRevoked.isEmpty { revoked = try Self.file(section.tlsRevoked, "tls_revoked") }
        trust = Trust(
            authorities: authorities,
            revoked: revoked,
            name: section.tlsName.isEmpty ? nil : section.tlsName
        )
    }

    /// Whom to take for `server`; nil: it is spoken to without TLS.
    func security(of server: SocketAddress) throws(Failure) -> TLSContext? {
        guard let trust else { return nil }
        do throws(TLSContextError) {
            return try TLSContext(
                client: .authorities(
                    trust.authorities,
                    serverName: trust.name ?? server.host,
                    revoked: trust.revoked
                ),
                unixSeconds: SystemClock.coarseRealtimeSeconds()
            )
        } catch {
            throw Failure(.cannotSecureUplink(error))
        }
    }

    /// Throws what is wrong with the files that `section` names.
    static func check(_ section: FederationSection) throws(Failure) {
        let uplink = try Uplink(section)
        // Without a server yet the files are looked at all the same.
        _ = try uplink.security(of: uplink.servers.first ?? SocketAddress(ipv4: 0x7F00_0001, port: 0))
    }

    private static func file(_ path: String, _ key: String) throws(Failure) -> TLSFile {
        do throws(ConfigurationError) {
            let file = try TLSFileBytes(path: path, keyPath: "federation.\(key)")
            return TLSFile(name: file.path, bytes: file.bytes)
        } catch {
            throw Failure(error.problems.map(UserMessage.init))
        }
    }
}

extension Failure {
    /// All of it in one line, in English: for the log and for status.
    var line: String {
        messages.map { ($0.place.map { "\($0): " } ?? "") + $0.text[.english] }.joined(separator: "; ")
    }
}
