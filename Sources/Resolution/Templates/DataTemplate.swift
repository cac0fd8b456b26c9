internal import ResolutionProtocol

/// A data template (数据模板): which values the identifiers of one kind carry (identification-system.md §8.1).
///
/// Prefix and version name it. It is kept as a value of type `HJ_TEMPLATE`, its JSON, in a record of its own whose
/// identifier follows from both (`TemplateName`); so it is resolved, logged and backed up as every record is.
package struct DataTemplate: Hashable, Sendable {
    /// Whether identifiers are made under it.
    package enum State: String, CaseIterable, Sendable {
        /// New ones may be.
        case published
        /// No new ones; those that are there stay. Only so can it be deleted.
        case withdrawn
    }

    /// What its identifiers are carried by.
    package enum Kind: Int, Sendable {
        /// An active carrier, 主动标识载体: a chip or module that speaks for itself.
        case activeCarrier = 1
        /// Any other.
        case other = 2
    }

    /// Type of the value that holds a template.
    package static let valueType = Array("HJ_TEMPLATE".utf8)
    /// The most bytes of a version.
    package static let versionByteCountMax = 128
    /// The most items.
    package static let itemCountMax = 1_000
    /// The most bytes of a template's JSON.
    package static let byteCountMax = 200_000

    /// Never changes; with the prefix it names the template. UTF-8.
    package var version: [UInt8]
    /// Whether identifiers are made under it.
    package var state = State.published
    /// What trade it is of; nil: it does not say.
    package var category: IndustryCategory?
    /// What its identifiers are carried by.
    package var kind = Kind.other
    /// For people. UTF-8.
    package var description: [UInt8] = []
    /// The values, in the order of their indexes; each once.
    package var items: [TemplateItem]

    /// Roughly the bytes that it takes in memory.
    var byteCount: Int {
        items.reduce(256 + version.count + description.count) { $0 + 256 + $1.name.count + $1.type.count }
    }

    /// The item whose values have `index`.
    package func item(at index: UInt32) -> TemplateItem? {
        var range = items.indices
        while let first = range.first {
            let middle = first + range.count / 2
            if items[middle].index == index { return items[middle] }
            range = items[middle].index < index ? (middle + 1)..<range.upperBound : first..<middle
        }
        return nil
    }
}
