internal import RecordFiles
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// The template under which an import registers records that name none themselves.
struct ChosenTemplate: Sendable {
    let identifier: [UInt8]
    let template: DataTemplate

    /// `values` of the record `name`, with those by which it names the template; of a record that names another, is
    /// named after another, or holds one, as they are.
    func named(by values: [HandleValue], of name: [UInt8]) -> [HandleValue] {
        let named = values.first { $0.index == ReservedValues.identifierIndex }
        guard named.map({ isThis($0) }) ?? true, values.templates.isEmpty, !isNamedAfterAnother(name) else {
            return values
        }
        var all = values
        if named == nil { all.append(ReservedValues.identifier(identifier)) }
        if !all.contains(where: { $0.index == ReservedValues.versionIndex }) {
            all.append(ReservedValues.version(template.version))
        }
        return all
    }

    /// Why `values`, which name a template, cannot be registered anew; nil: they can, or name another one.
    func fault(of values: [HandleValue]) -> ImportFault? {
        guard values.contains(where: isThis) else { return nil }
        if template.state == .withdrawn { return .template(.withdrawn(identifier)) }
        let violations = template.violations(in: values)
        return violations.isEmpty ? nil : .template(.violations(violations, version: template.version))
    }

    /// `mapping`, and the columns that are named as items are, by their label or their type.
    func mapping(_ mapping: ColumnMapping?) -> ColumnMapping {
        var mapping = mapping ?? ColumnMapping()
        for item in template.items {
            let meaning = Array("\(item.index):".utf8) + item.type
            mapping.addOptional(item.name, meaning: meaning)
            mapping.addOptional(item.type, meaning: meaning)
        }
        return mapping
    }

    private func isNamedAfterAnother(_ name: [UInt8]) -> Bool {
        guard let head = TemplateName.head(of: name), head.count < name.count else { return false }
        return !ASCIIFolding.areEqual(head, identifier[...])
    }

    private func isThis(_ value: HandleValue) -> Bool {
        value.index == ReservedValues.identifierIndex && ASCIIFolding.areEqual(value.data[...], identifier[...])
    }
}
