internal import ResolutionProtocol

/// Data templates, as far as administration has to do with them (docs/data-templates.md).
extension Administration {
    /// What `after` is to be where it takes the place of `before`; see `TemplateRules.conforming`.
    func conforming(
        _ identifier: [UInt8],
        before: [HandleValue],
        after: [HandleValue],
        _ call: AdministrationCall
    ) throws(AdministrationRefusal) -> [HandleValue] {
        do throws(TemplateRefusal) {
            let rules = TemplateRules(folding: settings.folding)
            return try rules.conforming(identifier, before: before, after: after, unixSeconds: call.unixSeconds) {
                (name) throws(TemplateRefusal) in try template(name)
            }
        } catch {
            throw AdministrationRefusal(error)
        }
    }

    /// Runs a check of the rules of templates.
    func byTemplates(_ check: () throws(TemplateRefusal) -> Void) throws(AdministrationRefusal) {
        do throws(TemplateRefusal) { try check() } catch { throw AdministrationRefusal(error) }
    }

    /// The template that `identifier` holds; nil: none.
    private func template(_ identifier: [UInt8]) throws(TemplateRefusal) -> DataTemplate? {
        let key = settings.folding.key(of: identifier)
        if let entry = templates[key] { return entry.template }
        let entry: TemplateBook.Entry
        switch records.read(identifier) {
        case .unreadable(let text): throw .unreadable(TemplateRefusal.StaticText(text: "\(text)"))
        case .absent: entry = .none
        case .found(let record): entry = TemplateBook.Entry(record.values)
        }
        templates.keep(entry, key)
        return entry.template
    }
}

extension AdministrationRefusal {
    /// What the refusal means to an asker.
    init(_ refusal: TemplateRefusal) {
        switch refusal {
        case .unreadable: self.init(.error, refusal.text)
        case .otherIdentifier: self.init(.invalidIdentifier, refusal.text)
        default: self.init(.invalidValue, refusal.text)
        }
    }
}
