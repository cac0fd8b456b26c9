package import ResolutionProtocol

/// A site of another node that a prefix is delegated to, as the prefix's record has it.
package struct DelegatedSite: Hashable, Sendable {
    /// The prefix, folded.
    package var prefix: [UInt8]
    /// The data of the value that holds the site.
    package var data: [UInt8]
    /// What the value says.
    package var site: SiteInfo

    /// A site; nil: the value cannot be read as one.
    package init?(prefix: [UInt8], data: [UInt8]) {
        guard let site = try? SiteInfo(wire: data) else { return nil }
        self.prefix = prefix
        self.data = data
        self.site = site
    }
}

/// Walks over the sites that prefixes are delegated to, some prefixes at a time: read in this node's own store, never
/// asked for.
///
/// Used by one thread, which has the store for itself.
package final class DelegatedSites {
    private let store: any RecordStore
    private let rows: () -> [PrefixRow]?
    private var keys = KeyBatch()
    private var left: ArraySlice<[UInt8]> = []
    private var found: [DelegatedSite] = []

    /// What a step of a walk has come to.
    package enum Step {
        /// There are more prefixes.
        case more
        /// These are all sites, in the order of prefixes and values.
        case done([DelegatedSite])
        /// The store cannot be read just now: nothing is known.
        case unreadable
    }

    /// Sites of the delegated prefixes among `rows`, by their records in `store`.
    package init(store: any RecordStore, rows: @escaping () -> [PrefixRow]?) {
        self.store = store
        self.rows = rows
    }

    /// Begins to walk; false: the prefixes cannot be read.
    package func begin() -> Bool {
        guard let rows = rows() else { return false }
        left = rows.filter { $0.state == .delegated && $0.status == .enabled }.map(\.prefix)[...]
        found = []
        return true
    }

    /// Reads the records of about `countMax` further prefixes.
    package func advance(countMax: Int) -> Step {
        var readCount = 0
        while readCount < countMax, !left.isEmpty {
            let prefixes = left.prefix(KeyBatch.capacity)
            guard read(prefixes) else { return .unreadable }
            left = left.dropFirst(prefixes.count)
            readCount += prefixes.count
        }
        return left.isEmpty ? .done(found) : .more
    }

    private func read(_ prefixes: ArraySlice<[UInt8]>) -> Bool {
        keys.removeAll()
        for prefix in prefixes { keys.append(key: IdentifierGrammar.prefixRecordName(of: prefix).span.bytes) }
        var isReadable = true
        store.withRecords(of: keys) { records in
            for (place, prefix) in prefixes.enumerated() {
                switch records.status(at: place) {
                case .unavailable: isReadable = false
                // Of a damaged record no referral is made either.
                case .absent, .damaged: continue
                case .found: take(records.record(at: place), of: prefix)
                }
            }
        }
        return isReadable
    }

    private func take(_ record: RawSpan, of prefix: [UInt8]) {
        guard let view = try? StoredRecordView(record), let values = try? view.decodedValues() else { return }
        let name = IdentifierGrammar.prefixRecordName(of: prefix)
        var seen: Set<[UInt8]> = []
        for purpose in [RouteValues.Purpose.identifiers, .derivedPrefixes] {
            let routes = RouteValues(values, of: name, for: purpose)
            for value in routes.values where purpose.siteTypes.contains(ASCIIFolding.uppercased(value.type)) {
                guard seen.insert(value.data).inserted, let site = DelegatedSite(prefix: prefix, data: value.data)
                else { continue }
                found.append(site)
            }
        }
    }
}
