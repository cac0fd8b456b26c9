internal import Authentication
package import Cryptography
package import ResolutionProtocol

/// Who administers, and what proves it: `300:0.NA/88.118` and the key that is registered there.
package struct AdministratorKey: Sendable {
    /// What the server has the other half of, or the same.
    package enum Proof: Sendable {
        /// The private key of an `HS_PUBKEY` value.
        case privateKey(PrivateKey)
        /// The secret of an `HS_SECKEY` value.
        case secret([UInt8])
    }

    /// The value that holds the key; index 0: any of the identifier.
    package let reference: ValueReference
    private let proof: Proof

    /// The key registered at `reference`.
    package init(_ reference: ValueReference, _ proof: Proof) {
        self.reference = reference
        self.proof = proof
    }

    /// Answers `challenge` in the form of `version` (`Envelope.proofVersion` of the challenge).
    package func answer(_ challenge: Challenge, version: ProtocolVersion) throws(AskFailure) -> ChallengeAnswer {
        do throws(OpenSSLError) {
            switch proof {
            case .privateKey(let key):
                let proof = try PublicKeyProof(
                    answering: challenge,
                    version: version,
                    user: reference.identifier,
                    key: key
                )
                return ChallengeAnswer(authenticationType: ValueType.publicKey, user: reference, answer: proof.wire)
            case .secret(let secret):
                let proof = try SecretKeyProof(answering: challenge, version: version, secret: secret)
                return ChallengeAnswer(authenticationType: ValueType.secretKey, user: reference, answer: proof.wire)
            }
        } catch {
            throw .keyUnusable(.library(error))
        }
    }
}

extension ValueReference {
    /// Reads `300:0.NA/88.118`; nil where there is no number, no colon or no identifier.
    package init?(text: String) {
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let index = UInt32(String(decoding: bytes[..<colon], as: UTF8.self)), index <= UInt32(Int32.max),
            let identifier = try? Identifier(Array(bytes[(colon + 1)...]))
        else { return nil }
        self.init(identifier: identifier.bytes, index: index)
    }
}
