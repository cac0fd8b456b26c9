internal import ResolutionProtocol

/// What a new edition of a template must keep of the old one (identification-system.md §8.1, v5): version, and each
/// item by its index and type. Items may be added, and disabled, but not removed.
package enum TemplateEvolutionFault: Hashable, Sendable {
    /// Another version is another template.
    case otherVersion
    /// An item of the old edition is gone.
    case removed(index: UInt32, type: [UInt8])
    /// An item has another type.
    case retyped(index: UInt32, old: [UInt8], new: [UInt8])

    /// In English, as a program that asked is told.
    package var text: String {
        switch self {
        case .otherVersion: "the version of a template does not change; register a new template"
        case .removed(let index, let type):
            "item \(index) (\(String(decoding: type, as: UTF8.self))) may be disabled, not removed"
        case .retyped(let index, let old, let new):
            "item \(index) has the type \(String(decoding: old, as: UTF8.self)) for good, "
                + "not \(String(decoding: new, as: UTF8.self))"
        }
    }
}

extension DataTemplate {
    /// What forbids that this template takes the place of `old`.
    package func evolutionFaults(from old: DataTemplate) -> [TemplateEvolutionFault] {
        var faults: [TemplateEvolutionFault] = version == old.version ? [] : [.otherVersion]
        for item in old.items {
            guard let new = self.item(at: item.index) else {
                faults.append(.removed(index: item.index, type: item.type))
                continue
            }
            guard item.hasType(new.type) else {
                faults.append(.retyped(index: item.index, old: item.type, new: new.type))
                continue
            }
        }
        return faults
    }

    /// Whether identifiers that comply with `old` may not comply with this template: an item is required or narrower
    /// now, or a new one is required. (Of an item that is disabled they keep what they have.)
    package func mayBreak(whatCompliedWith old: DataTemplate) -> Bool {
        items.contains { item in
            guard let former = old.item(at: item.index) else { return item.isRequired && item.isEnabled }
            return item.isEnabled && item.isStricter(than: former)
        }
    }
}

extension TemplateItem {
    fileprivate func isStricter(than old: TemplateItem) -> Bool {
        isRequired && !(old.isRequired && old.isEnabled) || lengthMin > old.lengthMin || lengthMax < old.lengthMax
    }
}
