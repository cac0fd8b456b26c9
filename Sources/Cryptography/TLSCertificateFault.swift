internal import COpenSSL

/// What is wrong with a peer's certificate, or with one that leads to its authority. Times are Unix seconds; `now` is
/// the time that was gone by, nil where it was the library's own.
public enum TLSCertificateFault: Hashable, Sendable {
    /// Its time is over, unless the clock is wrong.
    case expired(since: Int64, now: Int64?)
    /// Its time has not begun, unless the clock is wrong.
    case notYetValid(from: Int64, now: Int64?)
    /// It was issued for another server than this one, a host name or an IP address.
    case wrongName(expected: String)
    /// It comes from none of the authorities trusted here: the issuer as it names itself, 200 bytes at most, printable
    /// ASCII.
    case unknownIssuer(String)
    /// Its authority has taken it back.
    case revoked
    /// Certificates are checked against lists of revoked ones, and there is none of its authority.
    case noRevocationList
    /// The list of revoked certificates is no longer good, unless the clock is wrong.
    case revocationListExpired(now: Int64?)
    /// The list of revoked certificates is not good yet, unless the clock is wrong.
    case revocationListNotYetValid(now: Int64?)
    /// What the library's text says.
    case other

    /// The fault behind the library's `verdict` (`X509_V_ERR_…`) on the peer of `ssl`.
    init(verdict: Int, of ssl: OpaquePointer) {
        let now = Self.checkTime(of: ssl)
        switch Int32(clamping: verdict) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            self = .expired(since: Self.chain(of: ssl).map(\.notAfter).min() ?? 0, now: now)
        case X509_V_ERR_CERT_NOT_YET_VALID:
            self = .notYetValid(from: Self.chain(of: ssl).map(\.notBefore).max() ?? 0, now: now)
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            self = .wrongName(expected: Self.expectedName(of: ssl))
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
            X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_CERT_SIGNATURE_FAILURE:
            self = .unknownIssuer(Self.chain(of: ssl).last?.issuer ?? "")
        case X509_V_ERR_CERT_REVOKED: self = .revoked
        case X509_V_ERR_UNABLE_TO_GET_CRL: self = .noRevocationList
        case X509_V_ERR_CRL_HAS_EXPIRED: self = .revocationListExpired(now: now)
        case X509_V_ERR_CRL_NOT_YET_VALID: self = .revocationListNotYetValid(now: now)
        default: self = .other
        }
    }

    /// The certificates from the peer's own towards its authority, as far as the library came.
    private static func chain(of ssl: OpaquePointer) -> [TLSCertificate] {
        guard let chain = SSL_get0_verified_chain(ssl) ?? SSL_get_peer_cert_chain(ssl) else { return [] }
        return (0..<max(0, OPENSSL_sk_num(chain))).compactMap { place in
            guard let item = OPENSSL_sk_value(chain, place) else { return nil }
            let x509 = OpaquePointer(item)
            return X509_up_ref(x509) == 1 ? TLSCertificate(takingOwnershipOf: x509) : nil
        }
    }

    private static func checkTime(of ssl: OpaquePointer) -> Int64? {
        let parameters = SSL_get0_param(ssl)
        let isGiven = X509_VERIFY_PARAM_get_flags(parameters) & UInt(X509_V_FLAG_USE_CHECK_TIME) != 0
        return isGiven ? Int64(X509_VERIFY_PARAM_get_time(parameters)) : nil
    }

    private static func expectedName(of ssl: OpaquePointer) -> String {
        let parameters = SSL_get0_param(ssl)
        if let host = X509_VERIFY_PARAM_get0_host(parameters, 0) { return String(cString: host) }
        guard let address = X509_VERIFY_PARAM_get1_ip_asc(parameters) else { return "" }
        defer { hanjiang_free(address) }
        return String(cString: address)
    }
}

extension TLSCertificate {
    /// Who issued it, in one line of printable ASCII, 200 bytes at most.
    fileprivate var issuer: String {
        var text = [CChar](repeating: 0, count: 201)
        X509_NAME_oneline(X509_get_issuer_name(x509), &text, Int32(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
