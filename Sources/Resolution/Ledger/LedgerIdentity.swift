package import ResolutionProtocol

/// Whose ledger it is, and the key that its entries are proved by.
///
///     store 16 | length u8 | node's prefix | length u16 | SubjectPublicKeyInfo (DER)
package struct LedgerIdentity: Hashable, Sendable {
    /// Bytes of a store's UUID.
    package static let storeByteCount = 16

    /// The UUID of the node's store.
    package var store: [UInt8]
    /// The node's own prefix, at most 255 bytes.
    package var prefix: [UInt8]
    /// The public key, at most 600 bytes.
    package var publicKey: [UInt8]

    package init(store: [UInt8], prefix: [UInt8], publicKey: [UInt8]) {
        self.store = store
        self.prefix = prefix
        self.publicKey = publicKey
    }

    /// By what heads name it: the SHA-256 of its bytes.
    package func digest() throws(LedgerError) -> [UInt8] { try LedgerDigest.of(wire) }

    /// By what people compare the key: the SHA-256 of the public key.
    package func keyFingerprint() throws(LedgerError) -> [UInt8] { try LedgerDigest.of(publicKey) }
}

extension LedgerIdentity: WireCodable {
    package static var byteCountMin: Int { storeByteCount + 3 }

    package init(from reader: inout WireReader) throws(WireError) {
        store = try reader.bytes(byteCount: Self.storeByteCount)
        prefix = try reader.bytes(byteCount: Int(try reader.uint8()))
        publicKey = try reader.bytes(byteCount: Int(try reader.uint16()))
    }

    package func write(to writer: inout WireWriter) {
        writer.bytes(store)
        writer.uint8(UInt8(truncatingIfNeeded: prefix.count))
        writer.bytes(prefix)
        writer.uint16(UInt16(truncatingIfNeeded: publicKey.count))
        writer.bytes(publicKey)
    }
}
