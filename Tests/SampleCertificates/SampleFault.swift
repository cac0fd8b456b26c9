package import Cryptography

/// What can be wrong with a server's certificate (case U8), and what a client needs in order to see it.
package enum SampleFault: String, CaseIterable, Sendable {
    case expired, notYetValid, wrongName, unknownIssuer, revoked

    /// One client's authority, what it has taken back, and certificates for 127.0.0.1.
    package struct Bench {
        package let authority: SampleCertificate
        /// With the fault.
        package let bad: SampleCertificate
        /// Without any.
        package let good: SampleCertificate
        /// Lists of the authority, PEM.
        package let revoked: [UInt8]
    }

    /// Certificates for the fault; where time is at fault, by so many seconds.
    package func bench(seconds: Int = 600) throws -> Bench {
        let authority = try SampleCertificate.authority()
        var content = SampleCertificate.Content()
        var issuer = authority
        switch self {
        case .expired: content.lifetime = (-seconds - 3_600) ... -seconds
        case .notYetValid: content.lifetime = seconds...(seconds + 3_600)
        case .wrongName: content.alternativeNames = "DNS:other.test,IP:127.0.0.2"
        case .unknownIssuer: issuer = try .authority("another.test")
        case .revoked: break
        }
        let bad = try SampleCertificate(content, key: SampleKey(.p256), issuer: issuer)
        return Bench(
            authority: authority,
            bad: bad,
            good: try SampleCertificate(key: SampleKey(.p256), issuer: authority),
            revoked: try authority.revocationList(self == .revoked ? [bad] : [])
        )
    }
}

extension SampleFault.Bench {
    /// What a client of 127.0.0.1 goes by, that trusts the authority.
    package func clientContext(unixSeconds: Int64) throws -> TLSContext {
        try TLSContext(
            client: .authorities(
                authority.file(),
                serverName: "127.0.0.1",
                revoked: TLSFile(name: "revoked.pem", bytes: revoked)
            ),
            unixSeconds: unixSeconds
        )
    }
}

extension SampleCertificate {
    /// What a server goes by that shows this certificate, though its time be over: it believes another time.
    package func serverContext() throws -> TLSContext {
        try TLSContext(server: identity(), unixSeconds: notBefore + 60)
    }
}
