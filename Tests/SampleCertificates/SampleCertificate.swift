internal import COpenSSL
package import Cryptography
internal import Glibc

/// A certificate that a test has just made, with its key.
package final class SampleCertificate {
    /// What stands in one.
    package struct Content: Sendable {
        /// CN; empty: none.
        package var commonName = "node.test"
        /// UID attributes, in their order.
        package var userIDs: [String] = []
        /// Subject alternative names, such as `DNS:node.test`; empty: none.
        package var alternativeNames = "DNS:node.test,IP:127.0.0.1"
        /// Whether it may issue others.
        package var isAuthority = false
        /// Its time, in seconds from now.
        package var lifetime = -3_600...86_400

        /// A server's, valid for a day.
        package init() {}
    }

    /// Its private key.
    package let key: SampleKey
    let x509: OpaquePointer
    /// Its first second, Unix time.
    package let notBefore: Int64

    /// Made and signed by `issuer`, or by itself.
    package init(_ content: Content = Content(), key: SampleKey, issuer: SampleCertificate? = nil) throws {
        guard let x509 = X509_new() else { throw SampleFailure(function: "X509_new") }
        self.key = key
        self.x509 = x509
        notBefore = Int64(time(nil)) + Int64(content.lifetime.lowerBound)
        X509_set_version(x509, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(x509), Int.random(in: 1...1 << 40))
        X509_gmtime_adj(X509_getm_notBefore(x509), content.lifetime.lowerBound)
        X509_gmtime_adj(X509_getm_notAfter(x509), content.lifetime.upperBound)
        X509_set_pubkey(x509, key.key)
        setSubject(content)
        X509_set_issuer_name(x509, X509_get_subject_name(issuer?.x509 ?? x509))
        if content.isAuthority { try addExtension(NID_basic_constraints, "critical,CA:TRUE") }
        if !content.alternativeNames.isEmpty { try addExtension(NID_subject_alt_name, content.alternativeNames) }
        let signer = issuer?.key ?? key
        guard X509_sign(x509, signer.key, signer.digest) > 0 else { throw SampleFailure(function: "X509_sign") }
    }

    deinit { X509_free(x509) }

    /// An authority of its own.
    package static func authority(
        _ name: String = "authority.test",
        lifetime: ClosedRange<Int> = -3_600...86_400
    ) throws -> SampleCertificate {
        var content = Content()
        content.lifetime = lifetime
        content.commonName = name
        content.alternativeNames = ""
        content.isAuthority = true
        return try SampleCertificate(content, key: SampleKey(.p256))
    }

    /// PEM.
    package func pem() throws -> [UInt8] { try SampleText.written { PEM_write_bio_X509($0, x509) } }

    /// DER.
    package func der() throws -> [UInt8] { try SampleText.written { i2d_X509_bio($0, x509) } }

    /// As an identity of two files, `node.pem` and `node.key`.
    package func identity() throws -> TLSIdentity {
        TLSIdentity(
            certificates: TLSFile(name: "node.pem", bytes: try pem()),
            privateKey: TLSFile(name: "node.key", bytes: try key.pem())
        )
    }

    /// As a file of authorities, `authorities.pem`.
    package func file() throws -> TLSFile { TLSFile(name: "authorities.pem", bytes: try pem()) }

    private func setSubject(_ content: Content) {
        let subject = X509_get_subject_name(x509)
        if !content.commonName.isEmpty { Self.add("CN", content.commonName, to: subject) }
        for userID in content.userIDs { Self.add("UID", userID, to: subject) }
    }

    private static func add(_ attribute: String, _ text: String, to name: OpaquePointer?) {
        // 0x1000: MBSTRING_UTF8, a macro that Swift does not see.
        X509_NAME_add_entry_by_txt(name, attribute, 0x1000, Array(text.utf8), Int32(text.utf8.count), -1, 0)
    }

    private func addExtension(_ kind: Int32, _ text: String) throws {
        guard let made = X509V3_EXT_conf_nid(nil, nil, kind, text) else {
            throw SampleFailure(function: "X509V3_EXT_conf_nid")
        }
        X509_add_ext(x509, made, -1)
        X509_EXTENSION_free(made)
    }
}
