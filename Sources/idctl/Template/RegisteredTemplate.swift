internal import Console
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// A template as a server has it.
struct RegisteredTemplate: Sendable {
    let identifier: [UInt8]
    /// The value that holds it.
    let value: HandleValue
    let template: DataTemplate

    var prefix: [UInt8] { IdentifierGrammar.prefix(of: identifier) }

    /// The template among the values of `identifier`; nil: none of them is one that can be read.
    init?(_ identifier: [UInt8], _ values: [HandleValue]) {
        guard let value = values.templates.first, let template = try? DataTemplate(json: value.data, prefix: nil)
        else { return nil }
        (self.identifier, self.value, self.template) = (identifier, value, template)
    }

    /// Asks for the template under `identifier`; nil: there is no such identifier.
    static func find(
        _ identifier: [UInt8],
        _ asking: any AdministrationAsking
    ) throws(AdministrationError) -> RegisteredTemplate? {
        let answer = try asking.resolve(identifier)
        if answer.header.responseCode == .identifierNotFound || answer.header.responseCode == .valuesNotFound {
            return nil
        }
        try answer.requireSuccess()
        guard case .resolved(let resolved) = answer.body else { throw .unexpectedAnswer(.resolution) }
        return RegisteredTemplate(identifier, resolved.values)
    }

    /// The same, where there must be one.
    static func get(_ identifier: [UInt8], from administrator: Administrator) throws(CommandFailure)
        -> RegisteredTemplate
    {
        let found = try administrator.perform(identifier) { (asking) throws(AdministrationError) in
            try find(identifier, asking)
        }
        guard let found else { throw CommandFailure(.noSuchTemplate(identifier), exit: .notFound) }
        return found
    }

    /// The value that holds `template` under this identifier.
    static func value(_ template: DataTemplate, prefix: [UInt8]) -> HandleValue {
        var json = JSONText()
        json.tree(template.json(prefix: prefix))
        return HandleValue(index: 1, type: DataTemplate.valueType, data: json.take())
    }

    /// Has the server hold `template` in the place of this one.
    func replace(by template: DataTemplate, _ administrator: Administrator) throws(CommandFailure) {
        var value = value
        value.data = Self.value(template, prefix: prefix).data
        let changed = value
        try administrator.perform(identifier) { (asking) throws(AdministrationError) in
            try asking.modify([changed], of: identifier)
        }
    }
}
