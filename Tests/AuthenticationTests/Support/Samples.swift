import Authentication
import Cryptography
import ResolutionProtocol

/// Keys that are made once, and messages to prove something about.
enum Samples {
    static let user = Array("35.TEST/U".utf8)

    /// Of security.md §3, at version 2.11.
    static let challenge = Challenge(
        nonce: hex("fdacc79f09736d7c823c8c4fbbcaa0fd"),
        requestDigest: RequestDigest(
            algorithm: .sha256,
            bytes: hex("0895788828866ae03ff7038e68f1333222d4c72e1ba9b60c93b341179e69201d")
        )
    )

    static let keys: Result<[KeyKind: PrivateKey], OpenSSLError> = {
        do throws(OpenSSLError) {
            var keys: [KeyKind: PrivateKey] = [:]
            for kind in KeyKind.allCases { keys[kind] = try PrivateKey.generate(kind) }
            return .success(keys)
        } catch {
            return .failure(error)
        }
    }()

    static func key(_ kind: KeyKind) throws -> PrivateKey {
        guard let key = try keys.get()[kind] else { throw MissingKey() }
        return key
    }

    struct MissingKey: Error {}

    /// The plain resolution of wire.md §13.
    static func message(
        version: ProtocolVersion = .newest,
        suggested: ProtocolVersion = .newest,
        sessionID: UInt32 = 0
    ) throws -> CoveredMessage {
        try CoveredMessage(
            Message(
                envelope: Envelope(
                    version: version,
                    suggestedVersion: suggested,
                    sessionID: sessionID,
                    requestID: 0x0102_0304
                ),
                header: Header(opCode: .resolution, expiration: 0x6500_0000),
                body: .resolve(ResolutionRequest(identifier: Array("35.TEST/A".utf8)))
            )
        )
    }
}

extension CoveredMessage {
    /// The whole of it as it goes over TCP.
    var wire: [UInt8] {
        let credential = credential?.wire ?? []
        let rest = headerAndBody + UInt32(credential.count).wire + credential
        var envelope = envelope
        envelope.messageLength = UInt32(rest.count)
        return envelope.wire + rest
    }
}
