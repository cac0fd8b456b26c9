package import ResolutionProtocol

/// Templates that were read lately, by the keys of their identifiers, and that there is none; bounded.
package struct TemplateBook {
    /// What stands under an identifier.
    package enum Entry: Sendable {
        case template(DataTemplate)
        /// No record, or one without a template.
        case none

        /// What a record with `values` holds.
        package init(_ values: [HandleValue]) {
            let template = values.templates.first.flatMap { try? DataTemplate(json: $0.data, prefix: nil) }
            self = template.map { .template($0) } ?? .none
        }

        fileprivate var byteCount: Int { template?.byteCount ?? 64 }

        /// The template; nil: there is none.
        package var template: DataTemplate? {
            switch self {
            case .template(let template): template
            case .none: nil
            }
        }
    }

    /// The most entries, and the most bytes of them.
    static let countMax = 1_024
    static let byteCountMax = 16 << 20

    private var entries: [[UInt8]: Entry] = [:]
    /// Roughly the bytes of all of them.
    private(set) var byteCount = 0

    /// An empty one.
    package init() {}

    /// What is known of `key`; nil: it is to be read.
    subscript(key: [UInt8]) -> Entry? { entries[key] }

    /// The template under `identifier`, whose key is `key`: as known, or as read from `records`; nil: there is none.
    package mutating func template(
        _ identifier: [UInt8],
        key: [UInt8],
        from records: inout StoredRecordReader
    ) throws(TemplateRefusal) -> DataTemplate? {
        if let entry = entries[key] { return entry.template }
        let entry: Entry
        switch records.read(identifier) {
        case .unreadable(let text): throw .unreadable("\(text)")
        case .absent: entry = .none
        case .found(let record): entry = Entry(record.values)
        }
        keep(entry, key)
        return entry.template
    }

    /// Keeps what was read. A full book begins anew: it fills again with what is in use.
    mutating func keep(_ entry: Entry, _ key: [UInt8]) {
        forget(key)
        if entries.count >= Self.countMax || byteCount > Self.byteCountMax {
            entries.removeAll(keepingCapacity: true)
            byteCount = 0
        }
        entries[key] = entry
        byteCount += entry.byteCount
    }

    /// Forgets what has changed.
    mutating func forget(_ key: [UInt8]) {
        guard !entries.isEmpty, let entry = entries.removeValue(forKey: key) else { return }
        byteCount -= entry.byteCount
    }
}

extension [HandleValue] {
    /// The values that hold templates.
    package var templates: [HandleValue] {
        filter { ASCIIFolding.areEqual($0.type[...], DataTemplate.valueType[...]) }
    }
}
