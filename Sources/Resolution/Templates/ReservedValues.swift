package import ResolutionProtocol

/// The two values by which an identifier says of what template it is (identification-system.md §8.3). The node keeps
/// them; what clients may send is said in docs/data-templates.md.
package enum ReservedValues {
    /// Index of the template's identifier.
    package static let identifierIndex: UInt32 = 1_000
    /// Index of the template's version.
    package static let versionIndex: UInt32 = 1_001
    /// Type of the value at `identifierIndex`.
    package static let identifierType = Array("TEMPLATE_ID".utf8)
    /// Type of the value at `versionIndex`.
    package static let versionType = Array("TEMPLATE".utf8)

    /// Whether a value of `index` is one of them.
    package static func contains(_ index: UInt32) -> Bool { index == identifierIndex || index == versionIndex }

    /// Whether `values` say both, as those of a record do that a node has had.
    package static func areBothNamed(by values: [HandleValue]) -> Bool {
        let named = values.filter(\.isReserved).map(\.index)
        return named.contains(identifierIndex) && named.contains(versionIndex)
    }

    /// The value that names a template by its identifier.
    package static func identifier(_ identifier: [UInt8]) -> HandleValue {
        HandleValue(index: identifierIndex, type: identifierType, data: identifier)
    }

    /// The value that says its version.
    package static func version(_ version: [UInt8]) -> HandleValue {
        HandleValue(index: versionIndex, type: versionType, data: version)
    }
}
