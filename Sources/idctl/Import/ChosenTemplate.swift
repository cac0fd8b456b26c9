internal import RecordFiles
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// The template under which an import registers records that name none themselves.
struct ChosenTemplate: Sendable {
    let identifier: [UInt8]
    let template: DataTemplate

    /// `values` with those by which a record names the template; of one that names another, as they are.
    func named(by values: [HandleValue]) -> [HandleValue] {
        let named = values.first { $0.index == ReservedValues.identifierIndex }
        guard named.map({ isThis($0) }) ?? true else { return values }
        var all = values
        if named == nil { all.append(ReservedValues.identifier(identifier)) }
        if !all.contains(where: { $0.index == ReservedValues.versionIndex }) {
            all.append(ReservedValues.version(template.version))
        }
        return all
    }

    /// Why `values`, which name a template, cannot be registered; nil: they can, or name another one.
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

    private func isThis(_ value: HandleValue) -> Bool {
        value.index == ReservedValues.identifierIndex && ASCIIFolding.areEqual(value.data[...], identifier[...])
    }
}
