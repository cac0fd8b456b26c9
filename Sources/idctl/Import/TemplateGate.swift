internal import RecordFiles
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// Has the records of an import into a directory comply with data templates, as a node would (docs/data-templates.md).
/// A template may stand in the same file, before what is made under it; and a record that says its version too was
/// exported, and is taken as it is.
final class TemplateGate {
    /// Templates of one file that are kept in mind.
    private static let registeredCountMax = 10_000

    private let rules: TemplateRules
    private let folding: IdentifierFolding
    private let chosen: ChosenTemplate?
    /// Whether records may take the place of others, which then say what they must comply with.
    private let updates: Bool
    private var records: StoredRecordReader
    /// Templates of earlier rows, which are not in the store yet.
    private var registered: [[UInt8]: DataTemplate] = [:]
    private var book = TemplateBook()

    init(_ store: Store, chosen: ChosenTemplate?, updates: Bool) throws(StoreError) {
        rules = TemplateRules(folding: store.folding)
        folding = store.folding
        records = StoredRecordReader(store: try store.makeReader(), folding: store.folding)
        self.chosen = chosen
        self.updates = updates
    }

    /// Adds to `row` what its template has the node keep; returns why it is refused, or nil.
    func admit(_ row: inout RecordRow) -> ImportFault? {
        guard updates || isConcerned(row) else { return nil }
        let name = row.copy(row.identifier)
        let stated = row.handleValues
        do throws(TemplateRefusal) {
            let before = updates || !stated.templates.isEmpty ? existing(name) : []
            let values = try values(of: name, stated, before)
            for value in values.dropFirst(stated.count) {
                row.addValue(ValueRow(index: value.index), type: value.type.span.bytes, data: value.data.span.bytes)
            }
            try note(stated, of: name)
        } catch {
            return .template(error)
        }
        return nil
    }

    /// What the record `name` is to hold: what is stated, and behind it what is added.
    private func values(
        of name: [UInt8],
        _ stated: [HandleValue],
        _ before: [HandleValue]
    ) throws(TemplateRefusal) -> [HandleValue] {
        if before.isEmpty, ReservedValues.areBothNamed(by: stated) { return stated }
        let find: TemplateRules.Finding = { (name) throws(TemplateRefusal) in try self.template(name) }
        let wanted = chosen?.named(by: stated, of: name) ?? stated
        let kept = try rules.keepingTemplate(of: before, wanted, find: find)
        return try rules.conforming(name, before: before, after: kept, unixSeconds: 0, find: find)
    }

    private func note(_ values: [HandleValue], of name: [UInt8]) throws(TemplateRefusal) {
        guard let template = TemplateBook.Entry(values).template else { return }
        guard registered.count < Self.registeredCountMax else { throw .tooManyTemplates }
        registered[folding.key(of: name)] = template
    }

    /// Whether templates may have anything to do with a record: the others cost no more than this look.
    private func isConcerned(_ row: borrowing RecordRow) -> Bool {
        if chosen != nil { return true }
        let templateType = DataTemplate.valueType
        let bytes = row.bytes.span.bytes
        for value in row.values {
            if ReservedValues.contains(value.index) { return true }
            let type = bytes.extracting(value.type)
            if ASCIIFolding.areEqual(type, templateType.span.bytes) { return true }
        }
        return TemplateName.isNamed(bytes.extracting(row.identifier))
    }

    private func existing(_ name: [UInt8]) -> [HandleValue] {
        guard case .found(let record) = records.read(name) else { return [] }
        return record.values
    }

    private func template(_ name: [UInt8]) throws(TemplateRefusal) -> DataTemplate? {
        let key = folding.key(of: name)
        if let template = registered[key] { return template }
        return try book.template(name, key: key, from: &records)
    }
}
