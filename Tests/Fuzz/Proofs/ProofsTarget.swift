import Authentication
import Cryptography
import ResolutionProtocol

/// What proves who asks: answers to challenges, signatures, and everything of sessions.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    let choice = input.uint8()
    guard let keys = ProofKeys.shared else { return claim(false, "no keys can be made") }
    switch choice % 12 {
    case 0: claimStable(SecretKeyProof.self, input.remainder())
    case 1: claimStable(PublicKeyProof.self, input.remainder())
    case 2: proveSecret(&input)
    case 3: provePublicKey(&input, keys)
    case 4: claimSignatureForged(&input, keys)
    case 5: claimCodeForged(&input)
    case 6: decrypt(&input)
    case 7: claimEncryptionUndone(&input)
    case 8: receiveKey(&input, keys)
    case 9: agree(&input)
    case 10: finishAgreement(&input)
    default: verifyWithAnyKey(&input)
    }
}

private func challenge(_ input: inout FuzzInput) -> Challenge {
    Challenge(nonce: input.piece(), requestDigest: RequestDigest(algorithm: .sha256, bytes: input.piece()))
}

/// Nobody who does not know the secret proves that he does.
private func proveSecret(_ input: inout FuzzInput) {
    let (challenge, secret) = (challenge(&input), input.piece())
    guard let proof = try? SecretKeyProof(wire: input.remainder()) else { return }
    // More rounds are within the bounds, but not within the time of an input.
    if case .derived(let derived) = proof, derived.iterationCount > 4_000 { return }
    _ = try? proof.proves(secret, answering: challenge, policy: .legacy)
    let unknown = Array("what no input can hold, as it is hashed".utf8) + challenge.nonce
    guard let secret = try? Digest.sha256.digest(of: unknown) else { return }
    claim((try? proof.proves(secret, answering: challenge, policy: .legacy)) != true, "a secret was guessed")
}

private func provePublicKey(_ input: inout FuzzInput, _ keys: ProofKeys) {
    let key = keys.all[input.below(keys.all.count)]
    let (challenge, user) = (challenge(&input), input.piece())
    guard let proof = try? PublicKeyProof(wire: input.remainder()) else { return }
    let isRight = try? proof.proves(key.publicKey, user: user, answering: challenge, policy: .legacy)
    claim(isRight != true, "a signature was forged")
}

private func claimSignatureForged(_ input: inout FuzzInput, _ keys: ProofKeys) {
    let key = keys.all[input.below(keys.all.count)]
    guard let message = try? CoveredMessage(wire: input.remainder()) else { return }
    let isRight = try? MessageSignature.isValid(of: message, key: key.publicKey, policy: .legacy)
    claim(isRight != true, "a message's signature was forged")
}

private func sessionKey(_ input: inout FuzzInput) -> SessionKey? {
    SessionCipher(rawValue: UInt32(input.below(4) + 1)).flatMap { SessionKey(cipher: $0, bytes: input.piece()) }
}

private func version(_ input: inout FuzzInput) -> ProtocolVersion { ProtocolVersion(2, input.uint8() % 12) }

/// A code is right only where it is the one that we would make.
private func claimCodeForged(_ input: inout FuzzInput) {
    guard let key = sessionKey(&input), let message = try? CoveredMessage(wire: input.remainder()),
        let credential = message.credential, (try? key.isValid(of: message, policy: .legacy)) == true
    else { return }
    var bare = message
    bare.credential = nil
    let ours = try? key.credential(for: bare, counter: credential.sessionCounter)
    claim(ours == credential, "a code is right that we would not make")
}

private func decrypt(_ input: inout FuzzInput) {
    guard let key = sessionKey(&input) else { return }
    let version = version(&input)
    let bytes = input.remainder()
    guard let plain = try? key.decrypt(bytes, version: version) else { return }
    claim(plain.count <= bytes.count, "there is more in clear than was encrypted")
}

private func claimEncryptionUndone(_ input: inout FuzzInput) {
    guard let key = sessionKey(&input) else { return }
    let version = version(&input)
    let bytes = input.remainder()
    // DES is not everywhere to be had.
    guard let encrypted = try? key.encrypt(bytes, version: version) else { return }
    claim((try? key.decrypt(encrypted, version: version)) == bytes, "what was encrypted is not decrypted")
}

/// A session's key, in clear and encrypted for us.
private func receiveKey(_ input: inout FuzzInput, _ keys: ProofKeys) {
    let isEncrypted = input.uint8() % 4 == 0
    let bytes = input.remainder()
    guard !isEncrypted else {
        _ = try? SessionKey(encrypted: bytes, for: keys.rsa)
        return
    }
    guard let key = try? SessionKey(exchanged: bytes) else { return }
    claim(bytes.suffix(key.bytes.count).elementsEqual(key.bytes), "a session's key is another")
    claim((try? SessionKey(exchanged: key.exchanged(hasCipher: true))) == key || key.bytes.count == bytes.count, "lost")
}

/// The server's side of Diffie-Hellman, with whatever group and half a client gives.
private func agree(_ input: inout FuzzInput) {
    let cipher = SessionCipher(rawValue: UInt32(input.below(4) + 1)) ?? .aes
    let version = version(&input)
    _ = try? SessionAgreement.answer(to: input.remainder(), cipher: cipher, version: version, minimumBitCount: 512)
}

/// The client's side, with whatever a server answers.
private func finishAgreement(_ input: inout FuzzInput) {
    let version = version(&input)
    _ = try? ProofKeys.agreement?.key(answeredWith: input.remainder(), version: version)
}

/// Keys as peers register them, signatures as peers send them.
private func verifyWithAnyKey(_ input: inout FuzzInput) {
    guard let key = try? PublicKey.registered(input.piece()) else { return }
    let (challenge, user) = (challenge(&input), input.piece())
    guard let proof = try? PublicKeyProof(wire: input.remainder()) else { return }
    _ = try? proof.proves(key, user: user, answering: challenge, policy: .legacy)
}
