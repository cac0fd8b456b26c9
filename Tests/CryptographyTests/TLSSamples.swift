import Cryptography
import Glibc
import SampleCertificates

/// Contexts for tests: one authority, a server's certificate of it, and clients that trust it.
struct TLSSamples {
    static let now = Int64(time(nil))

    let authority: SampleCertificate
    let server: SampleCertificate

    init(
        _ kind: SampleKey.Kind = .p256,
        _ content: SampleCertificate.Content = .init(),
        authority name: String = "authority.test"
    ) throws {
        authority = try .authority(name)
        server = try SampleCertificate(content, key: SampleKey(kind), issuer: authority)
    }

    func serverContext(_ certificates: TLSClientCertificates = .none) throws -> TLSContext {
        try TLSContext(server: server.identity(), clientCertificates: certificates, unixSeconds: Self.now)
    }

    func clientContext(name: String = "node.test", identity: SampleCertificate? = nil) throws -> TLSContext {
        try TLSContext(
            client: .authorities(authority.file(), serverName: name),
            identity: identity?.identity(),
            unixSeconds: Self.now
        )
    }

    func client(userIDs: [String], name: String = "client") throws -> SampleCertificate {
        var content = SampleCertificate.Content()
        content.commonName = name
        content.userIDs = userIDs
        content.alternativeNames = ""
        return try SampleCertificate(content, key: SampleKey(.ed25519), issuer: authority)
    }

    /// A pair that has exchanged all it has to say at first.
    func pair(
        _ certificates: TLSClientCertificates = .none,
        identity: SampleCertificate? = nil,
        step: Int = 64 << 10
    ) throws -> TLSPair {
        var pair = try TLSPair(client: clientContext(identity: identity), server: serverContext(certificates))
        pair.exchange(step: step)
        return pair
    }
}
