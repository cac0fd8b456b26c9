public import Cryptography
internal import ResolutionProtocol

extension PublicKey {
    /// The key in the data of an `HS_PUBKEY` value, of a site's server, or of a public key file: a record of
    /// data-model.md §6.1, PEM text, or the DER of a SubjectPublicKeyInfo.
    public static func registered(_ data: [UInt8]) throws(KeyRecordError) -> PublicKey {
        if let record = try? PublicKeyRecord(wire: data) { return try record.publicKey() }
        guard PEMBlock.isBegun(in: data) || data.first == derSequenceTag else { throw .notAKey }
        do throws(KeyError) {
            return try PublicKey(textOrDER: data)
        } catch {
            throw .key(error)
        }
    }

    /// The key as it is registered: a record where the protocol has one for its kind; else, for EC and Ed25519, the
    /// SubjectPublicKeyInfo in DER, which is ours.
    public func registeredForm() throws(OpenSSLError) -> [UInt8] {
        guard let record = try PublicKeyRecord(self) else { return try subjectPublicKeyInfo() }
        return record.wire
    }

    /// What begins every SubjectPublicKeyInfo and every PKCS#8 key in DER.
    static let derSequenceTag: UInt8 = 0x30

    /// A key in PEM, or as a SubjectPublicKeyInfo in DER.
    convenience init(textOrDER bytes: [UInt8]) throws(KeyError) {
        if PEMBlock.isBegun(in: bytes) {
            try self.init(pem: bytes)
        } else {
            try self.init(subjectPublicKeyInfo: bytes)
        }
    }
}
