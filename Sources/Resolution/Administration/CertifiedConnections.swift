/// Who is at the other end of connections with certificates, as far as that has been looked up.
struct CertifiedConnections {
    /// What is known of one.
    enum Standing {
        /// Keys have been asked for; these calls go on when they are there.
        case awaited([AdministrationCall])
        /// The identity of the connection's certificate; nil: its key is not the one that is registered.
        case settled(Identity?)
    }

    private struct Entry {
        var key: [UInt8]
        var standing: Standing
    }

    private var entries: [UInt64: Entry] = [:]
    private var byKey: [[UInt8]: Set<UInt64>] = [:]

    subscript(_ connection: UInt64) -> Standing? { entries[connection]?.standing }

    /// Notes that `call` waits for the keys of the identifier with `key`.
    mutating func await(_ call: AdministrationCall, key: [UInt8]) {
        let connection = call.peer.connection
        guard case .awaited(let calls)? = self[connection] else {
            entries[connection] = Entry(key: key, standing: .awaited([call]))
            byKey[key, default: []].insert(connection)
            return
        }
        entries[connection]?.standing = .awaited(calls + [call])
    }

    /// Notes who it is, and returns the calls that waited for that; none where the connection has gone meanwhile.
    mutating func settle(_ connection: UInt64, as identity: Identity?) -> [AdministrationCall] {
        guard case .awaited(let calls)? = self[connection] else { return [] }
        entries[connection]?.standing = .settled(identity)
        return calls
    }

    /// The connection is gone.
    mutating func remove(_ connection: UInt64) {
        guard let entry = entries.removeValue(forKey: connection) else { return }
        byKey[entry.key]?.remove(connection)
        if byKey[entry.key]?.isEmpty == true { byKey[entry.key] = nil }
    }

    /// The record with `key` has changed: who goes by it is looked up anew.
    mutating func forget(key: [UInt8]) {
        for connection in byKey[key] ?? [] {
            if case .settled? = self[connection] { remove(connection) }
        }
    }
}
