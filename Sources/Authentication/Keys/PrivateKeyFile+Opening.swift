public import Cryptography
public import ResolutionProtocol

extension PrivateKeyFile {
    /// Rounds of key derivation that a file may ask for.
    public static let iterationCountMax: UInt32 = 10_000_000

    /// The key in the bytes of a file: a private key file of any type (data-model.md §6.2), PEM, or PKCS#8 in DER,
    /// plain or encrypted. `passphrase` counts only where the key is encrypted.
    public static func open(_ bytes: [UInt8], passphrase: [UInt8]?) throws(KeyFileError) -> PrivateKey {
        if PEMBlock.isBegun(in: bytes) { return try openPEM(bytes, passphrase) }
        if isAnnounced(by: bytes) {
            guard let file = try? PrivateKeyFile(wire: bytes) else { throw .notAKeyFile }
            return try file.key(passphrase: passphrase)
        }
        if (try? PublicKey.registered(bytes)) != nil { throw .publicKeyFile }
        guard bytes.first == PublicKey.derSequenceTag else { throw .notAKeyFile }
        return try openDER(bytes, passphrase)
    }

    /// The key in this file.
    public func key(passphrase: [UInt8]?) throws(KeyFileError) -> PrivateKey {
        // A wrong passphrase mostly shows in the padding, and now and then only here.
        let bytes = try keyBytes(passphrase: passphrase)
        guard let record = try? PrivateKeyRecord(wire: bytes) else {
            throw isEncrypted ? .wrongPassphrase : .notAKeyFile
        }
        return try KeyFileError.wrappingKey { () throws(KeyError) in try record.privateKey() }
    }

    /// Whether opening it needs a passphrase.
    public var isEncrypted: Bool { encryptionType != 1 }

    private static func openPEM(_ bytes: [UInt8], _ passphrase: [UInt8]?) throws(KeyFileError) -> PrivateKey {
        let block = try KeyFileError.wrappingKey { () throws(KeyError) in try PEMBlock(bytes) }
        let publicLabels = [PEMBlock.publicKeyLabel, PEMBlock.rsaPublicKeyLabel]
        guard !publicLabels.contains(block.label) else { throw .publicKeyFile }
        return try KeyFileError.wrappingKey { () throws(KeyError) in
            try PrivateKey(pem: bytes, passphrase: passphrase)
        }
    }

    private static func openDER(_ bytes: [UInt8], _ passphrase: [UInt8]?) throws(KeyFileError) -> PrivateKey {
        let plainError: KeyError
        do throws(KeyError) {
            return try PrivateKey(pkcs8: bytes)
        } catch {
            plainError = error
        }
        // The two forms differ in their first element: a number, or the sequence of an algorithm.
        guard isEncryptedPKCS8(bytes) else {
            throw plainError == .malformed ? .notAKeyFile : .key(plainError)
        }
        guard let passphrase else { throw .needsPassphrase }
        return try KeyFileError.wrappingKey { () throws(KeyError) in
            try PrivateKey(encryptedPKCS8: bytes, passphrase: passphrase)
        }
    }

    /// Whether the element inside the outer sequence is a sequence too (RFC 5958 §3).
    private static func isEncryptedPKCS8(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 1 else { return false }
        let lengthByteCount = bytes[1] < 0x80 ? 0 : Int(bytes[1] & 0x7F)
        return bytes.dropFirst(2 + lengthByteCount).first == PublicKey.derSequenceTag
    }
}
