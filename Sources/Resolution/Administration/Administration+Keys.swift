public import ResolutionProtocol

/// Finding the keys that prove an identity.
extension Administration {
    /// What was found.
    enum FoundKeys: Sendable {
        /// Values of the kind asked for, in the order of their indexes; none: there is no such administrator.
        case found([HandleValue])
        /// Another node keeps them, and it cannot be asked.
        case elsewhere
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

    /// A secret never leaves the node that keeps it, so only public keys can be had from elsewhere.
    private func findRemoteKeys(
        of user: ValueReference,
        _ kind: KeyKindAsked,
        then: @escaping @Sendable (Administration, FoundKeys) -> Void
    ) {
        guard kind == .publicKey, let remoteKeys = ports.remoteKeys else { return then(self, .elsewhere) }
        let post = ports.post
        remoteKeys.values(of: user, stepCountMax: 8) { values in
            post { then($0, values.map { .found(Self.keys(in: $0, user, kind)) } ?? .elsewhere) }
        }
    }

    /// Whether the record of `identifier` is kept here.
    func isOurs(_ identifier: [UInt8]) -> Bool {
        if case .ours = responsibility(for: identifier) { return true }
        return false
    }
}

/// Asks other nodes for the public keys of administrators who are registered there.
public protocol RemoteKeys: AnyObject, Sendable {
    /// Looks for the HS_PUBKEY values of `reference`'s identifier, in at most `stepCountMax` steps from node to node,
    /// and without logging in anywhere. `then` is called once, from any thread; nil: they could not be had.
    func values(
        of reference: ValueReference,
        stepCountMax: Int,
        then: @escaping @Sendable ([HandleValue]?) -> Void
    )
}

extension HandleValue {
    /// Whether the value is of `type`, which is in upper case, or of a type below it.
    func isOfType(_ type: [UInt8]) -> Bool {
        let own = ASCIIFolding.uppercased(self.type)
        guard own.starts(with: type) else { return false }
        return own.count == type.count || own[type.count] == UInt8(ascii: ".")
    }
}
