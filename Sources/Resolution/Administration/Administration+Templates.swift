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
        try byTemplates { (rules) throws(TemplateRefusal) in
            try rules.conforming(identifier, before: before, after: after, unixSeconds: call.unixSeconds) {
                (name) throws(TemplateRefusal) in try template(name)
            }
        }
    }

    /// `values` of what replaces a record, with what says of which template that is.
    func keepingTemplate(
        of existing: [HandleValue],
        _ values: [HandleValue]
    ) throws(AdministrationRefusal) -> [HandleValue] {
        try byTemplates { (rules) throws(TemplateRefusal) in
            try rules.keepingTemplate(of: existing, values) { (name) throws(TemplateRefusal) in try template(name) }
        }
    }

    /// Throws where `values` hold a template that is not withdrawn.
    func requireWithdrawn(_ values: [HandleValue]) throws(AdministrationRefusal) {
        try byTemplates { (_) throws(TemplateRefusal) in try TemplateRules.requireWithdrawn(values) }
    }

    /// Notes the template of a row of a set, so that later rows may be made under it.
    func noteTemplate(of step: CommandSet.Step) {
        guard case .command(let command) = step, case .put(let name, let values, _) = command.change,
            let template = TemplateBook.Entry(values).template
        else { return }
        setTemplates[settings.folding.key(of: name.bytes)] = template
    }

    /// Does what the rules of templates say, and refuses what they refuse.
    private func byTemplates<Value>(
        _ body: (TemplateRules) throws(TemplateRefusal) -> Value
    ) throws(AdministrationRefusal) -> Value {
        do throws(TemplateRefusal) { return try body(TemplateRules(folding: settings.folding)) } catch {
            throw AdministrationRefusal(error)
        }
    }

    /// The template that `identifier` holds; nil: none.
    private func template(_ identifier: [UInt8]) throws(TemplateRefusal) -> DataTemplate? {
        let key = settings.folding.key(of: identifier)
        if let template = setTemplates[key] { return template }
        return try templates.template(identifier, key: key, from: &records)
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
