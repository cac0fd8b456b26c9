internal import COpenSSL

/// An X.509 certificate: owns the library's object.
final class TLSCertificate {
    let x509: OpaquePointer

    /// Takes over the caller's reference.
    init(takingOwnershipOf x509: OpaquePointer) { self.x509 = x509 }

    deinit { X509_free(x509) }

    /// The certificates of a PEM file with the lines on which they begin, one at least.
    static func all(of file: TLSFile) throws(TLSContextError) -> [(certificate: TLSCertificate, line: Int)] {
        var found: [(certificate: TLSCertificate, line: Int)] = []
        for block in try TLSPEMBlock.all(of: file) where labels.contains(block.label) {
            guard let certificate = TLSCertificate(block) else {
                throw TLSContextError(file: file.name, reason: .unreadable(line: block.line))
            }
            found.append((certificate, block.line))
        }
        guard !found.isEmpty else { throw TLSContextError(file: file.name, reason: .missing(label: "CERTIFICATE")) }
        return found
    }

    private static let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]

    private convenience init?(_ block: TLSPEMBlock) {
        defer { ERR_clear_error() }
        let x509 = block.read { PEM_read_bio_X509($0, nil, nil, nil) }
        guard let x509 else { return nil }
        self.init(takingOwnershipOf: x509)
    }

    /// The whole certificate, DER; empty where the library has no memory.
    var der: [UInt8] { [UInt8].encoded { i2d_X509(x509, $0) } }

    /// Its public key with the key's algorithm (SubjectPublicKeyInfo, DER); empty where it cannot be encoded.
    var subjectPublicKeyInfo: [UInt8] { [UInt8].encoded { i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), $0) } }

    /// Its last second, Unix time.
    var notAfter: Int64 { Self.unixSeconds(of: X509_get0_notAfter(x509)) }

    /// Its first second, Unix time.
    var notBefore: Int64 { Self.unixSeconds(of: X509_get0_notBefore(x509)) }

    /// A time that cannot be read stands for the epoch, so that it is over.
    private static func unixSeconds(of time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        let epoch = ASN1_TIME_set(nil, 0)
        defer { ASN1_TIME_free(epoch) }
        var (days, seconds): (Int32, Int32) = (0, 0)
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return 0 }
        return Int64(days) * 86_400 + Int64(seconds)
    }

    /// The subject's one attribute of that kind (`NID_commonName`), UTF-8. Nil where there is none or more than one, as
    /// then none is the subject's name.
    func subjectAttribute(_ kind: Int32) -> [UInt8]? {
        let subject = X509_get_subject_name(x509)
        let place = X509_NAME_get_index_by_NID(subject, kind, -1)
        guard place >= 0, X509_NAME_get_index_by_NID(subject, kind, place) < 0 else { return nil }
        var text: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, place)))
        defer { CRYPTO_free(text, #file, Int32(#line)) }
        guard count >= 0, let text else { return nil }
        return Array(UnsafeBufferPointer(start: text, count: Int(count)))
    }
}

extension TLSPEMBlock {
    /// What `body` reads of the block, through a BIO that lives as long as the call.
    func read<Result>(_ body: (OpaquePointer) -> Result?) -> Result? {
        bytes.withUnsafeBytes { bytes in
            guard let bio = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return nil }
            defer { BIO_free(bio) }
            return body(bio)
        }
    }
}

extension [UInt8] {
    /// What an `i2d_…` function writes; empty where it fails.
    fileprivate static func encoded(_ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32) -> [UInt8]
    {
        var der: UnsafeMutablePointer<UInt8>?
        let count = encode(&der)
        defer {
            CRYPTO_free(der, #file, Int32(#line))
            ERR_clear_error()
        }
        guard count > 0, let der else { return [] }
        return Array(UnsafeBufferPointer(start: der, count: Int(count)))
    }
}
