internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

/// A challenge that an answer may belong to.
struct ChallengeCandidate: Sendable {
    /// Where the table keeps it.
    let id: UInt32
    /// The challenge; nil: the table still has it.
    let taken: PendingChallenge?
    let nonce: [UInt8]
    let digest: RequestDigest
}

/// Whether an answer to a challenge is what one of the keys yields. Takes up to milliseconds: for the key thread.
struct ProofCheck: Sendable {
    let answer: ChallengeAnswer
    let kind: KeyKindAsked
    let keys: [HandleValue]
    let candidates: [ChallengeCandidate]

    enum Outcome: Sendable {
        case wrong(String)
        /// The challenge that was answered, the index of the key, first octets of the key's digest, and whether the
        /// algorithm is one that only the configuration's word for old ones allows.
        case right(ChallengeCandidate, index: UInt32, keyDigest: [UInt8], isLegacy: Bool)
    }

    /// The most keys that are tried for one answer.
    private static let keyCountMax = 16

    func run(_ policy: SignaturePolicy) -> Outcome {
        var text = "the proof is wrong"
        // An empty secret is no secret: anyone could prove it.
        // Whoever asks for an administrator that does not exist waits as long as for one that does.
        let keys = keys.filter { !$0.data.isEmpty }
        let tried = keys.isEmpty ? [Self.nobody(kind)] : Array(keys.prefix(Self.keyCountMax))
        for candidate in candidates {
            for key in tried {
                switch verdict(on: candidate, key, policy) {
                case .right(let isLegacy) where !keys.isEmpty:
                    return .right(candidate, index: key.index, keyDigest: key.keyDigest, isLegacy: isLegacy)
                case .refused(let reason): text = reason
                default: break
                }
            }
        }
        return .wrong(text)
    }

    private static func nobody(_ kind: KeyKindAsked) -> HandleValue {
        HandleValue(index: 0, type: kind.valueType, data: kind == .secret ? [UInt8](repeating: 0x2A, count: 16) : [])
    }

    private enum Verdict {
        case right(isLegacy: Bool)
        case wrong
        case refused(String)
    }

    private func verdict(on candidate: ChallengeCandidate, _ key: HandleValue, _ policy: SignaturePolicy) -> Verdict {
        let challenge = Challenge(nonce: candidate.nonce, requestDigest: candidate.digest)
        do throws(ProofRefusal) {
            switch kind {
            case .secret:
                guard let proof = try? SecretKeyProof(wire: answer.answer) else { return .refused("unreadable proof") }
                guard try proof.proves(key.data, answering: challenge, policy: policy) else { return .wrong }
                return .right(isLegacy: !proof.weaknesses.isEmpty)
            case .publicKey:
                guard let proof = try? PublicKeyProof(wire: answer.answer) else { return .refused("unreadable proof") }
                guard let publicKey = try? PublicKey.registered(key.data) else { return .wrong }
                let user = answer.user.identifier
                guard try proof.proves(publicKey, user: user, answering: challenge, policy: policy) else {
                    return .wrong
                }
                return .right(isLegacy: !proof.weaknesses(with: publicKey, policy: .standard).isEmpty)
            }
        } catch {
            return .refused("the proof is refused: \(error)")
        }
    }
}

extension HandleValue {
    /// First eight octets of the SHA-256 of a key's data.
    var keyDigest: [UInt8] { Array(((try? Digest.sha256.digest(of: data)) ?? []).prefix(8)) }
}
