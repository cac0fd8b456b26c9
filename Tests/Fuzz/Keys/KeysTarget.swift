import Authentication
import Cryptography
import ResolutionProtocol

/// Key files and registered keys, in all their forms: records, PEM, PKCS#8, SubjectPublicKeyInfo.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    let choice = input.uint8()
    let bytes = input.remainder()
    switch choice % 7 {
    case 0: open(bytes, passphrase: nil)
    case 1: open(bytes, passphrase: Array("secret".utf8))
    case 2: claimRegisteredAlike(bytes)
    case 3: claimArmourStable(bytes)
    case 4: open(PEMBlock(label: PEMBlock.privateKeyLabel, bytes: bytes).text(), passphrase: nil)
    case 5: claimRegisteredAlike(PEMBlock(label: PEMBlock.publicKeyLabel, bytes: bytes).text())
    default: open([0, 0, 0, 1] + bytes, passphrase: nil)
    }
}

/// A key that opens opens again in the form that we write.
private func open(_ bytes: [UInt8], passphrase: [UInt8]?) {
    guard passphrase == nil || !asksForLongWork(bytes) else { return }
    guard let key = try? PrivateKeyFile.open(bytes, passphrase: passphrase) else { return }
    guard let file = try? PrivateKeyFile(key) else { return }
    guard let again = try? PrivateKeyFile.open(file.wire, passphrase: nil) else {
        return claim(false, "a private key file that we wrote does not open")
    }
    claim(again.publicKey.isSame(as: key.publicKey), "a private key is another when written")
}

/// Whether the file asks for more rounds of key derivation than fit into the time of an input. Up to ten million are
/// allowed to a file that its owner opens, so this bounds the harness and not the decoder; in PKCS#8 the number is
/// anywhere, so none of three and more octets is let through.
private func asksForLongWork(_ bytes: [UInt8]) -> Bool {
    if let file = try? PrivateKeyFile(wire: bytes) {
        switch file {
        case .tripleDES(let encryption), .aes(let encryption): return encryption.iterationCount > 10_000
        default: return false
        }
    }
    let der = (try? PEMBlock(bytes))?.bytes ?? bytes
    return der.indices.dropLast().contains { der[$0] == 2 && der[$0 + 1] >= 3 }
}

/// A registered key that is read is the same key in the form in which we would register it.
private func claimRegisteredAlike(_ bytes: [UInt8]) {
    guard let key = try? PublicKey.registered(bytes) else { return }
    guard let form = try? key.registeredForm() else { return claim(false, "a registered key cannot be written") }
    guard let again = try? PublicKey.registered(form) else { return claim(false, "a key cannot be read again") }
    claim(again.isSame(as: key), "a registered key is another when written")
}

private func claimArmourStable(_ bytes: [UInt8]) {
    guard let block = try? PEMBlock(bytes) else { return }
    claim(PEMBlock.isBegun(in: bytes), "a block has no first line")
    claim((try? PEMBlock(block.text())) == block, "a block is another when written")
}
