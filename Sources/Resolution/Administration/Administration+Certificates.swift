internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

/// Who asks, as a client's certificate says it (security.md §8): TLS has seen that it holds the key, so it is not
/// challenged where that is the key that the named value holds.
extension Administration {
    /// Carries out `call`, as whom its connection's certificate proves it to be.
    func performAsCertified(_ call: AdministrationCall) {
        guard let certified = call.peer.certified, isOpenToCertificate(call) else { return perform(call) }
        switch certifiedConnections[call.peer.connection] {
        case .settled(let identity): perform(call, as: identity)
        case .awaited: certifiedConnections.await(call, key: settings.folding.key(of: certified.reference.identifier))
        case nil: lookUp(certified, for: call)
        }
    }

    /// A session that was set up for somebody is theirs alone, and an answer to a challenge brings a proof of its own.
    private func isOpenToCertificate(_ call: AdministrationCall) -> Bool {
        guard call.identity == nil, call.opCode != .challengeResponse, !call.peer.isDatagram else { return false }
        return call.session.flatMap { sessions[$0]?.declared } == nil
    }

    private func perform(_ call: AdministrationCall, as identity: Identity?) {
        var call = call
        call.identity = identity
        perform(call)
    }

    /// Asked once per connection, until the identifier's record changes.
    private func lookUp(_ certified: CertifiedIdentity, for call: AdministrationCall) {
        let (reference, connection) = (certified.reference, call.peer.connection)
        let key = settings.folding.key(of: reference.identifier)
        certifiedConnections.await(call, key: key)
        findKeys(of: reference, .publicKey) { administration, keys in
            let identity = certified.identity(among: keys, key: key)
            if identity != nil { administration.figures.certifiedCount += 1 }
            for call in administration.certifiedConnections.settle(connection, as: identity) {
                administration.perform(call, as: identity)
            }
        }
    }
}

extension CertifiedIdentity {
    /// The most registered keys that are compared.
    private static let keyCountMax = 16

    /// The identity that `keys` prove; nil: none of them is the certificate's.
    fileprivate func identity(among keys: Administration.FoundKeys, key: [UInt8]) -> Identity? {
        guard case .found(let values) = keys,
            let shown = try? PublicKey(subjectPublicKeyInfo: subjectPublicKeyInfo)
        else { return nil }
        let match = values.prefix(Self.keyCountMax).first { value in
            (try? PublicKey.registered(value.data))?.isSame(as: shown) == true
        }
        guard let match else { return nil }
        return Identity(
            reference: ValueReference(identifier: reference.identifier, index: match.index),
            key: key,
            keyDigest: match.keyDigest
        )
    }
}
