internal import Cryptography
public import ResolutionProtocol

/// Key exchange of mode 4, Diffie-Hellman (security.md §7.1): the client begins, the server answers, both have one key.
///
/// The exchange proves nothing about who the other side is: the server's answer is signed, and the client says who it
/// is by a challenge inside the session.
public struct SessionAgreement: Sendable {
    private let half: DiffieHellman
    /// What the client sends to set the session up.
    public let exchange: SessionExchange

    /// The client's half, in the group of 2,048 bits of RFC 3526.
    public init() throws(ProofRefusal) {
        let group = DiffieHellman.group14
        half = try Self.half(p: group.p, g: group.g, minimumBitCount: 2_048)
        exchange = .diffieHellman(PublicKeyRecord.diffieHellman(y: half.publicValue, p: group.p, g: group.g).wire)
    }

    /// The key, from the data of the server's answer in a message of `version`.
    ///
    /// Refuses versions below 2.4, whose answer does not say which cipher is meant.
    public func key(answeredWith data: [UInt8], version: ProtocolVersion) throws(ProofRefusal) -> SessionKey {
        guard version >= ProtocolVersion(2, 4) else { throw .unsupportedVersion(version) }
        guard let number = try? UInt32(wire: Array(data.prefix(4))),
            case .diffieHellman(let y, _, _)? = try? PublicKeyRecord(wire: Array(data.dropFirst(4)))
        else { throw .malformed }
        guard let cipher = SessionCipher(rawValue: number) else { throw .unknownAlgorithm(number.wire) }
        return try Self.key(cipher, half, peerPublicValue: y)
    }

    /// The server's side: the key, and the data to answer with in a message of `version`.
    ///
    /// `clientKey` is what `SessionExchange.diffieHellman` holds. Its group is the client's choice: refused as
    /// `.malformed` where it is none, below `minimumBitCount` or too large. Takes milliseconds, and for a group that no
    /// standard names the time of a test for primes.
    public static func answer(
        to clientKey: [UInt8],
        cipher: SessionCipher,
        version: ProtocolVersion,
        minimumBitCount: Int = 2_048
    ) throws(ProofRefusal) -> (key: SessionKey, data: [UInt8]) {
        guard case .diffieHellman(let y, let p, let g)? = try? PublicKeyRecord(wire: clientKey) else {
            throw .malformed
        }
        let half = try half(p: p, g: g, minimumBitCount: minimumBitCount)
        let key = try key(cipher, half, peerPublicValue: y)
        let record = PublicKeyRecord.diffieHellman(y: half.publicValue, p: p, g: g).wire
        return (key, version >= ProtocolVersion(2, 4) ? cipher.rawValue.wire + record : record)
    }

    private static func half(p: [UInt8], g: [UInt8], minimumBitCount: Int) throws(ProofRefusal) -> DiffieHellman {
        try wrapping { () throws(KeyError) in
            try DiffieHellman(p: p, g: g, minimumBitCount: minimumBitCount)
        }
    }

    private static func key(
        _ cipher: SessionCipher,
        _ half: DiffieHellman,
        peerPublicValue: [UInt8]
    ) throws(ProofRefusal) -> SessionKey {
        let secret = try wrapping { () throws(KeyError) in try half.sharedSecret(with: peerPublicValue) }
        guard let key = SessionKey(cipher: cipher, diffieHellmanSecret: secret) else {
            throw .unsuitableAlgorithm(cipher.rawValue.wire)
        }
        return key
    }

    private static func wrapping<Result>(_ body: () throws(KeyError) -> Result) throws(ProofRefusal) -> Result {
        do throws(KeyError) {
            return try body()
        } catch .library(let error) {
            throw .library(error)
        } catch {
            throw .malformed
        }
    }
}
