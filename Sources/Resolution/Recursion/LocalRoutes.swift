internal import ResolutionProtocol

/// What this node itself knows about who answers for prefixes it has delegated: read in its own store, never asked for.
///
/// Used by one thread, which has the store for itself.
package final class LocalRoutes {
    /// What is known about a prefix.
    enum Route {
        /// Nothing.
        case unknown
        /// Its sites.
        case identifiers(RouteValues)
        /// Who knows its record, as one above it is delegated there.
        case prefixRecord(RouteValues)
        /// It is below a prefix of ours that names nobody for it, so it does not exist.
        case nowhere
        /// It cannot be read just now.
        case unreadable
    }

    private let store: any RecordStore
    private var authority: Authority
    private var keys = KeyBatch()

    /// Routes in `store`, by `authority`.
    package init(store: any RecordStore, authority: Authority) {
        self.store = store
        self.authority = authority
    }

    /// Goes by `authority` from now on.
    package func adopt(_ authority: Authority) { self.authority = authority }

    /// What is known about `prefix`, folded.
    func route(of prefix: [UInt8]) -> Route {
        if let entry = authority.entry(of: prefix.span.bytes) {
            // What is homed here is not asked for elsewhere.
            guard entry.state == .delegated, entry.isEnabled else { return .nowhere }
            return read(prefix) { values, name in
                let found = RouteValues(values, of: name, for: .identifiers)
                return found.isEmpty ? .unknown : .identifiers(found)
            }
        }
        guard let ancestor = authority.nearestAncestor(of: prefix.span.bytes) else { return .unknown }
        let isDelegated = ancestor.state == .delegated
        return read(Array(prefix.prefix(ancestor.byteCount))) { values, name in
            let derived = RouteValues(values, of: name, for: .derivedPrefixes)
            if !derived.isEmpty { return .prefixRecord(derived) }
            let found = RouteValues(values, of: name, for: .identifiers)
            return isDelegated && !found.isEmpty ? .prefixRecord(found) : .nowhere
        }
    }

    private func read(_ prefix: [UInt8], _ judge: ([HandleValue], [UInt8]) -> Route) -> Route {
        let name = IdentifierGrammar.prefixRecordName(of: prefix)
        keys.removeAll()
        keys.append(key: name.span.bytes)
        var route = Route.unknown
        store.withRecords(of: keys) { records in
            switch records.status(at: 0) {
            case .absent: route = .nowhere
            case .damaged, .unavailable: route = .unreadable
            case .found:
                let record = records.record(at: 0)
                guard let view = try? StoredRecordView(record), let values = try? view.decodedValues() else {
                    return route = .unreadable
                }
                route = judge(values, name)
            }
        }
        return route
    }
}
