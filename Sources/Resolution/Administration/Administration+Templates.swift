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

    /// `values` of what replaces a record, with what says of which template that is.
    func keepingTemplate(
        of existing: [HandleValue],
        _ values: [HandleValue]
    ) throws(AdministrationRefusal) -> [HandleValue] {
        do throws(TemplateRefusal) {
            let rules = TemplateRules(folding: settings.folding)
            return try rules.keepingTemplate(of: existing, values) { (name) throws(TemplateRefusal) in
                try template(name)
            }
        } catch {
            throw AdministrationRefusal(error)
        }
    }

    /// Notes the template of a row of a set, so that later rows may be made under it.
    func noteTemplate(of step: CommandSet.Step) {
        guard case .command(let command) = step, case .put(let name, let values, _) = command.change,
            let template = TemplateBook.Entry(values).template
        else { return }
        setTemplates[settings.folding.key(of: name.bytes)] = template
    }

    /// Runs a check of the rules of templates.
    func byTemplates(_ check: () throws(TemplateRefusal) -> Void) throws(AdministrationRefusal) {
        do throws(TemplateRefusal) { try check() } catch { throw AdministrationRefusal(error) }
    }

    /// The template that `identifier` holds; nil: none.
    private func template(_ identifier: [UInt8]) throws(TemplateRefusal) -> DataTemplate? {
        let key = settings.folding.key(of: identifier)
        if let template = setTemplates[key] { return template }
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
