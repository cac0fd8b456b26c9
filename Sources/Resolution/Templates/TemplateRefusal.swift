/// Why data templates forbid a change.
package enum TemplateRefusal: Error, Hashable, Sendable {
    /// A value at a reserved index that is not the node's.
    case reserved(index: UInt32)
    /// A reserved value was to be removed.
    case removesReserved(index: UInt32)
    /// What is named as the template is none, or none for this prefix.
    case noTemplate([UInt8])
    /// The template cannot be read just now.
    case unreadable(String)
    /// No new identifiers are made under it.
    case withdrawn([UInt8])
    /// The values do not comply with the template of this version.
    case violations([TemplateViolation], version: [UInt8])
    /// The value is no template.
    case notATemplate(TemplateError)
    /// A record holds one template.
    case secondTemplate
    /// The template has another identifier than the record.
    case otherIdentifier([UInt8], version: [UInt8])
    /// A new edition does not keep what it must.
    case evolution(TemplateEvolutionFault)
    /// A published template was to be deleted.
    case published
    /// More templates in one file than are kept in mind.
    case tooManyTemplates

    /// Violations that a text names.
    package static let shownCount = 5

    /// In English, as a program that asked is told.
    package var text: String {
        switch self {
        case .reserved(ReservedValues.identifierIndex):
            "index 1000 is reserved: a TEMPLATE_ID value that names a template"
        case .reserved: "index 1001 is reserved: the node says there of which version the template is"
        case .removesReserved(let index): "value \(index) says of which template it is, and cannot be removed"
        case .noTemplate(let name): "there is no template \(Self.printed(name)) for it"
        case .unreadable(let reason): "the template cannot be read: \(reason)"
        case .withdrawn(let name): "the template \(Self.printed(name)) is withdrawn"
        case .violations(let violations, let version):
            "template \(Self.printed(version)): "
                + violations.prefix(Self.shownCount).map(\.text).joined(separator: "; ")
                + (violations.count > Self.shownCount ? "; and \(violations.count - Self.shownCount) more" : "")
        case .notATemplate(let error): error.text
        case .secondTemplate: "a record holds one HJ_TEMPLATE value"
        case .otherIdentifier(let name, let version):
            "a template of version \(Self.printed(version)) has the identifier \(Self.printed(name))"
        case .evolution(let fault): fault.text
        case .published: "the template is published; withdraw it before it is deleted"
        case .tooManyTemplates: "too many templates in one file; import them in parts"
        }
    }

    private static func printed(_ bytes: [UInt8]) -> String { String(decoding: bytes.prefix(128), as: UTF8.self) }
}
