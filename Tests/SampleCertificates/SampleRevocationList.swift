internal import COpenSSL

extension SampleCertificate {
    /// A list (CRL) by which this authority takes back `revoked`, PEM; `lifetime` in seconds from now.
    package func revocationList(
        _ revoked: [SampleCertificate],
        lifetime: ClosedRange<Int> = -3_600...86_400
    ) throws -> [UInt8] {
        guard let list = X509_CRL_new() else { throw SampleFailure(function: "X509_CRL_new") }
        defer { X509_CRL_free(list) }
        X509_CRL_set_version(list, 1)
        X509_CRL_set_issuer_name(list, X509_get_subject_name(x509))
        let (first, last) = (X509_gmtime_adj(nil, lifetime.lowerBound), X509_gmtime_adj(nil, lifetime.upperBound))
        defer {
            ASN1_TIME_free(first)
            ASN1_TIME_free(last)
        }
        X509_CRL_set1_lastUpdate(list, first)
        X509_CRL_set1_nextUpdate(list, last)
        for certificate in revoked {
            guard let entry = X509_REVOKED_new() else { throw SampleFailure(function: "X509_REVOKED_new") }
            X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(certificate.x509))
            X509_REVOKED_set_revocationDate(entry, first)
            X509_CRL_add0_revoked(list, entry)
        }
        X509_CRL_sort(list)
        guard X509_CRL_sign(list, key.key, key.digest) > 0 else { throw SampleFailure(function: "X509_CRL_sign") }
        return try SampleText.written { PEM_write_bio_X509_CRL($0, list) }
    }
}
