/// Data of an `HS_NAMESPACE` value: XML that describes a prefix (data-model.md §4.3).
///
/// The name of the root element is not checked, and children that are not known are passed over. Of several
/// children with one name the first counts, as with the reference software; `locs` are all taken.
public struct NamespaceDescription: Hashable, Sendable {
    /// `active` unless it says `inactive`.
    public var status: [UInt8] = Array("active".utf8)
    /// E-mail address.
    public var contact: [UInt8]?
    /// Why it is inactive.
    public var statusMessage: [UInt8]?
    /// What separates base and extension of computed identifiers.
    public var templateDelimiter: [UInt8]?
    /// Identifiers whose `10320/loc` values are shared.
    public var locationIdentifiers: [[UInt8]]?

    /// Reads `xml`, UTF-8.
    public init(xml: [UInt8]) throws(WireError) {
        var reader = XMLReader(xml)
        _ = try reader.rootElement()
        var seen: Set<String> = []
        while let child = try reader.nextChild() {
            let name = String(decoding: child.name, as: UTF8.self)
            take(child, called: name, isFirst: seen.insert(name).inserted)
        }
    }

    private mutating func take(_ child: XMLReader.Element, called name: String, isFirst: Bool) {
        switch name {
        case "status" where isFirst: status = child.text
        case "contact" where isFirst: contact = child.text
        case "statusmsg" where isFirst: statusMessage = child.text
        case "template" where isFirst: templateDelimiter = child.attributes["delimiter"]
        case "locs": locationIdentifiers = (locationIdentifiers ?? []) + [child.text]
        default: break
        }
    }
}
