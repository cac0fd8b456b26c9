internal import RecordFiles
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// Has the records of an import into a directory comply with data templates, as a node would (docs/data-templates.md).
/// A template may stand in the same file, before what is made under it.
final class TemplateGate {
    private let rules: TemplateRules
    private let folding: IdentifierFolding
    private let chosen: ChosenTemplate?
    private var records: StoredRecordReader
    /// Templates of earlier rows, which are not in the store yet.
    private var registered: [[UInt8]: DataTemplate] = [:]
    private var book = TemplateBook()

    init(_ store: Store, chosen: ChosenTemplate?) throws(StoreError) {
        rules = TemplateRules(folding: store.folding)
        folding = store.folding
        records = StoredRecordReader(store: try store.makeReader(), folding: store.folding)
        self.chosen = chosen
    }

    /// Adds to `row` what its template has the node keep; returns why it is refused, or nil.
    func admit(_ row: inout RecordRow) -> ImportFault? {
        guard isConcerned(row) else { return nil }
        let name = row.copy(row.identifier)
        let stated = row.handleValues
        let wanted = chosen?.named(by: stated) ?? stated
        do throws(TemplateRefusal) {
            let before = stated.templates.isEmpty ? [] : existing(name)
            let values = try rules.conforming(name, before: before, after: wanted, unixSeconds: 0) {
                (name) throws(TemplateRefusal) in try template(name)
            }
            for value in values.dropFirst(stated.count) {
                row.addValue(ValueRow(index: value.index), type: value.type.span.bytes, data: value.data.span.bytes)
            }
        } catch {
            return .template(error)
        }
        if let template = TemplateBook.Entry(stated).template { registered[folding.key(of: name)] = template }
        return nil
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
        if let entry = book[key] { return entry.template }
        let entry: TemplateBook.Entry
        switch records.read(name) {
        case .unreadable(let text): throw .unreadable(TemplateRefusal.StaticText(text: "\(text)"))
        case .absent: entry = .none
        case .found(let record): entry = TemplateBook.Entry(record.values)
        }
        book.keep(entry, key)
        return entry.template
    }
}
