import Authentication
import Cryptography

/// Keys that inputs are judged with: made anew for each run, so that no input can hold a signature of theirs.
struct ProofKeys: Sendable {
    let rsa: PrivateKey
    let all: [PrivateKey]

    static let shared = ProofKeys()
    static let agreement = try? SessionAgreement()

    private init?() {
        guard let rsa = try? PrivateKey.generate(.rsa), let ec = try? PrivateKey.generate(.ec),
            let ed25519 = try? PrivateKey.generate(.ed25519), let sm2 = try? PrivateKey.generate(.sm2)
        else { return nil }
        self.rsa = rsa
        all = [rsa, ec, ed25519, sm2]
    }
}
