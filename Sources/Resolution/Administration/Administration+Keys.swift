internal import ResolutionProtocol

/// Finding the keys that prove an identity.
extension Administration {
    /// What was found.
    enum FoundKeys: Sendable {
        /// Values of the kind asked for, in the order of their indexes; none: there is no such administrator.
        case found([HandleValue])
        /// Another node keeps them, and they could not be had from there.
        case elsewhere(RemoteKeyFailure)
    }

    /// Finds the values that hold keys of `user`: at its index, or, for index 0, at any.
    func findKeys(
        of user: ValueReference,
        _ kind: KeyKindAsked,
        then: @escaping @Sendable (Administration, FoundKeys) -> Void
    ) {
        guard isOurs(user.identifier) else { return findRemoteKeys(of: user, kind, then: then) }
        guard case .found(let record) = records.read(user.identifier) else { return then(self, .found([])) }
        then(self, .found(Self.keys(in: record.values, user, kind)))
    }

    static func keys(in values: [HandleValue], _ user: ValueReference, _ kind: KeyKindAsked) -> [HandleValue] {
        values
            .filter { $0.isOfType(kind.valueType) && (user.index == 0 || $0.index == user.index) }
            .sorted { $0.index < $1.index }
    }

    /// A secret never leaves the node that keeps it, so only public keys can be had from elsewhere. The wait for them
    /// is bounded, and so is the number of those who wait.
    private func findRemoteKeys(
        of user: ValueReference,
        _ kind: KeyKindAsked,
        then: @escaping @Sendable (Administration, FoundKeys) -> Void
    ) {
        guard kind == .publicKey else { return then(self, .elsewhere(.secret)) }
        guard let remoteKeys = ports.remoteKeys else { return then(self, .elsewhere(.nobodyAsks)) }
        figures.remoteKeyCount += 1
        guard remoteKeyWaits.count < settings.remoteKeyCountMax else { return end(then, .failure(.busy), user) }
        let number = remoteKeyWaits.add(then, of: user, until: now.seconds + settings.remoteKeySecondsMax)
        let post = ports.post
        remoteKeys.values(of: user) { keys in
            post { administration in
                guard let wait = administration.remoteKeyWaits.remove(number) else { return }
                administration.end(wait.then, keys, user)
            }
        }
    }

    private func end(
        _ then: RemoteKeyWaits.Step,
        _ keys: Result<[HandleValue], RemoteKeyFailure>,
        _ user: ValueReference
    ) {
        switch keys {
        case .success(let values): then(self, .found(Self.keys(in: values, user, .publicKey)))
        case .failure(let failure):
            figures.failedRemoteKeyCount += 1
            then(self, .elsewhere(failure))
        }
    }

    /// Ends the waits for keys whose time is over.
    func expireRemoteKeys() {
        for wait in remoteKeyWaits.due(now.seconds) { end(wait.then, .failure(.silent), wait.user) }
    }

    /// Whether the record of `identifier` is kept here.
    func isOurs(_ identifier: [UInt8]) -> Bool {
        if case .ours = responsibility(for: identifier) { return true }
        return false
    }
}

extension HandleValue {
    /// Whether the value is of `type`, which is in upper case, or of a type below it.
    func isOfType(_ type: [UInt8]) -> Bool {
        let own = ASCIIFolding.uppercased(self.type)
        guard own.starts(with: type) else { return false }
        return own.count == type.count || own[type.count] == UInt8(ascii: ".")
    }
}
