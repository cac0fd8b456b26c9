internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

/// How a session gets its key, as far as the server has a part in it. Takes milliseconds: for the key thread.
enum KeyAgreement: Sendable {
    /// The client's half of a Diffie-Hellman exchange.
    case diffieHellman([UInt8])
    /// The server chooses and encrypts under this key, which the client has or names.
    case encrypted(under: [UInt8])

    /// The key, and what the answer says of it.
    struct Agreed: Sendable {
        let key: SessionKey
        let data: [UInt8]
    }

    func run(
        _ cipher: SessionCipher,
        _ version: ProtocolVersion,
        diffieHellmanBitCountMin: Int
    ) -> Result<Agreed, AdministrationRefusal> {
        do {
            switch self {
            case .diffieHellman(let half):
                let agreed = try SessionAgreement.answer(
                    to: half,
                    cipher: .aes,
                    version: version,
                    minimumBitCount: diffieHellmanBitCountMin
                )
                return .success(Agreed(key: agreed.key, data: agreed.data))
            case .encrypted(let keyData):
                let key = try SessionKey.random(cipher)
                let publicKey = try PublicKey.registered(keyData)
                let data = try key.encrypted(for: publicKey, hasCipher: version >= ProtocolVersion(2, 2))
                return .success(Agreed(key: key, data: data))
            }
        } catch {
            return .failure(AdministrationRefusal(.sessionFailed, "the session's key cannot be agreed on: \(error)"))
        }
    }
}
