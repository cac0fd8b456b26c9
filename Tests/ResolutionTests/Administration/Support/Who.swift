import Authentication
import Cryptography
import ResolutionProtocol
import Testing

/// Somebody with a key.
struct Who {
    enum Key {
        case secret([UInt8])
        case pair(PrivateKey)
    }

    let reference: ValueReference
    let key: Key

    init(_ identifier: String, _ index: UInt32, secret: String) {
        reference = .of(identifier, index)
        key = .secret(Array(secret.utf8))
    }

    init(_ identifier: String, _ index: UInt32, _ pair: PrivateKey) {
        reference = .of(identifier, index)
        key = .pair(pair)
    }

    /// The same key under another name.
    func named(_ identifier: String, _ index: UInt32) -> Who {
        switch key {
        case .secret(let secret): Who(identifier, index, secret: String(decoding: secret, as: UTF8.self))
        case .pair(let pair): Who(identifier, index, pair)
        }
    }

    static let owner = Who("0.NA/88.118.8", 300, secret: "owner's secret")
    static let neighbour = Who("0.NA/88.118.9", 300, secret: "neighbour's secret")
    static let stranger = Who("0.NA/88.118.8", 399, secret: "nobody's secret")
    static let rsa = Who("0.NA/88.118.8", 301, made(.rsa))
    static let sm2 = Who("0.NA/88.118.8", 302, made(.sm2))
    static let ed25519 = Who("0.NA/88.118.8", 303, made(.ed25519))
    /// Those whose keys the record of 88.118.8 holds.
    static let keys = [owner, rsa, sm2, ed25519]

    static func made(_ kind: KeyKind, bitCount: Int? = nil) -> PrivateKey {
        do {
            return try PrivateKey.generate(kind, bitCount: bitCount)
        } catch {
            fatalError("no key can be made: \(error)")
        }
    }

    /// The value that proves it.
    var value: HandleValue {
        switch key {
        case .secret(let secret):
            HandleValue(
                index: reference.index,
                permissions: [.adminRead, .adminWrite],
                type: ValueType.secretKey,
                data: secret
            )
        case .pair(let pair):
            HandleValue(
                index: reference.index,
                type: ValueType.publicKey,
                data: (try? pair.publicKey.registeredForm()) ?? []
            )
        }
    }

    var authenticationType: [UInt8] {
        if case .secret = key { ValueType.secretKey } else { ValueType.publicKey }
    }

    /// What it answers to `challenge`.
    func proof(of challenge: Challenge, version: ProtocolVersion) throws -> [UInt8] {
        switch key {
        case .secret(let secret):
            return try SecretKeyProof(answering: challenge, version: version, secret: secret).wire
        case .pair(let pair):
            let user = reference.identifier
            return try PublicKeyProof(answering: challenge, version: version, user: user, key: pair).wire
        }
    }
}

extension Who {
    /// Its key pair; of a secret there is none.
    var pair: PrivateKey {
        get throws {
            guard case .pair(let pair) = key else { throw WireError.invalidField }
            return pair
        }
    }
}

extension ValueReference {
    var identifierText: String { String(decoding: identifier, as: UTF8.self) }
}
