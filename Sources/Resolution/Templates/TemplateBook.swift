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

        /// The template; nil: there is none.
        package var template: DataTemplate? {
            switch self {
            case .template(let template): template
            case .none: nil
            }
        }
    }

    /// The most entries.
    static let countMax = 1_024

    private var entries: [[UInt8]: Entry] = [:]

    /// An empty one.
    package init() {}

    /// What is known of `key`; nil: it is to be read.
    package subscript(key: [UInt8]) -> Entry? { entries[key] }

    /// Keeps what was read. A full book begins anew: it fills again with what is in use.
    package mutating func keep(_ entry: Entry, _ key: [UInt8]) {
        if entries.count >= Self.countMax { entries.removeAll(keepingCapacity: true) }
        entries[key] = entry
    }

    /// Forgets what has changed.
    package mutating func forget(_ key: [UInt8]) {
        guard !entries.isEmpty else { return }
        entries[key] = nil
    }
}

extension [HandleValue] {
    /// The values that hold templates.
    package var templates: [HandleValue] {
        filter { ASCIIFolding.areEqual($0.type[...], DataTemplate.valueType[...]) }
    }
}
