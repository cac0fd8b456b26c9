internal import ResolutionProtocol

/// What an import adds to records that do not say it themselves, and whether they take the place of others.
struct RowAdditions: Sendable {
    /// Who administers them.
    var administrator: HandleValue?
    /// Whether records that exist may get other values.
    var updates = false
    /// Of which template they are.
    var template: ChosenTemplate?

    /// `values` of the record `name`, with what is added to them.
    func added(to values: [HandleValue], of name: [UInt8]) -> [HandleValue] {
        let templated = template?.named(by: values, of: name) ?? values
        let isAdministered = values.contains { ASCIIFolding.uppercased($0.type) == ValueType.admin }
        guard var administrator, !isAdministered else { return templated }
        let taken = Set(templated.map(\.index))
        while taken.contains(administrator.index) { administrator.index += 1 }
        return templated + [administrator]
    }

    /// What makes another import of the same input.
    var identity: [UInt8] { (administrator?.data ?? []) + (template?.identifier ?? []) }
}
