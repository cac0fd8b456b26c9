internal import COpenSSL

/// Why a TLS session has ended otherwise than by agreement.
public enum TLSFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The peer's certificate does not hold: the library's code (`X509_V_ERR_…`) and text, and what is behind them.
    case certificateRefused(code: Int, text: String, TLSCertificateFault)
    /// The peer has no certificate, and one is demanded.
    case certificateMissing
    /// The peer does not speak TLS 1.3.
    case versionTooOld
    /// The peer ended it: the alert's number (RFC 8446 §6) and the library's text.
    case alert(UInt8, text: String)
    /// What came is no TLS, or breaks its rules; or the library could not go on.
    case violation(OpenSSLError)
    /// The bytes ended before the peer had said that they would: something may be missing.
    case cut

    /// What the library left behind for the session that has just failed. Empties the thread's error queue.
    static func drain(of ssl: OpaquePointer, during function: String) -> TLSFailure {
        let error = OpenSSLError.drain(during: function)
        // Before the error's own code, as the first error may be of a signature inside the certificate.
        let verdict = SSL_get_verify_result(ssl)
        guard verdict == Int(X509_V_OK) else {
            let text = String(cString: X509_verify_cert_error_string(verdict))
            return .certificateRefused(code: verdict, text: text, TLSCertificateFault(verdict: verdict, of: ssl))
        }
        let reason = ERR_GET_REASON(error.code)
        let alertOffset = Int32(SSL_AD_REASON_OFFSET)
        switch reason {
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: return .certificateMissing
        case SSL_R_UNSUPPORTED_PROTOCOL: return .versionTooOld
        case alertOffset...(alertOffset + 255):
            return .alert(UInt8(reason - alertOffset), text: error.text)
        default: return .violation(error)
        }
    }

    public var description: String {
        switch self {
        case .certificateRefused(let code, let text, _): "the peer's certificate is refused (\(code)): \(text)"
        case .certificateMissing: "the peer has shown no certificate"
        case .versionTooOld: "the peer does not speak TLS 1.3"
        case .alert(let number, let text): "the peer ended it with alert \(number): \(text)"
        case .violation(let error): "not TLS, or against its rules: \(error)"
        case .cut: "the connection ended without a close_notify"
        }
    }
}
