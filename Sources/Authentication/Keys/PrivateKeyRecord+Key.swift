public import Cryptography
public import ResolutionProtocol

extension PrivateKeyRecord {
    /// The record of `key`; nil for kinds that key files of the reference software do not know.
    public init?(_ key: PrivateKey) {
        if let parts = key.rsaParts {
            self = .rsaCRT(
                RSAPrivateNumbers(
                    modulus: parts.modulus,
                    publicExponent: parts.publicExponent,
                    privateExponent: parts.privateExponent,
                    prime1: parts.p,
                    prime2: parts.q,
                    exponent1: parts.exponentModP,
                    exponent2: parts.exponentModQ,
                    coefficient: parts.inverseOfQ
                )
            )
        } else if let x = key.dsaX, let (p, q, g, _) = key.publicKey.dsaParts {
            self = .dsa(x: x, p: p, q: q, g: g)
        } else {
            return nil
        }
    }

    /// The key. What follows from the primes is computed again, and `.malformed` where the record says otherwise: then
    /// it is damaged.
    public func privateKey() throws(KeyError) -> PrivateKey {
        switch self {
        case .dsa(let x, let p, let q, let g): return try PrivateKey(dsaX: x, p: p, q: q, g: g)
        case .rsa(let modulus, let privateExponent):
            return try PrivateKey(rsaModulus: modulus, privateExponent: privateExponent)
        case .rsaCRT(let numbers):
            let key = try PrivateKey(
                rsaModulus: numbers.modulus,
                publicExponent: numbers.publicExponent,
                privateExponent: numbers.privateExponent,
                p: numbers.prime1,
                q: numbers.prime2
            )
            guard PrivateKeyRecord(key) == self else { throw .malformed }
            return key
        }
    }
}
