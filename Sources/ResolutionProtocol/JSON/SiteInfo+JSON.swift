extension SiteInfo {
    /// The site object of data-model.md §9. What it has no member for (reserved flags) is left out.
    package var json: JSONTree {
        var members = [
            JSONTree.Member("version", .number(dataFormatVersion)),
            JSONTree.Member("protocolVersion", .string("\(protocolVersion)")),
            JSONTree.Member("serialNumber", .number(serialNumber)),
            JSONTree.Member("primarySite", .boolean(isPrimary)),
            JSONTree.Member("multiPrimary", .boolean(isMultiPrimary)),
        ]
        if hashOption != .byAll { members.append(JSONTree.Member("hashOption", .number(hashOption.rawValue))) }
        if !hashFilter.isEmpty { members.append(JSONTree.Member("hashFilter", .text(hashFilter))) }
        members.append(JSONTree.Member("attributes", .array(attributes.map(\.json))))
        members.append(JSONTree.Member("servers", .array(servers.map(\.json))))
        return .object(members)
    }

    /// Reads a site object. A serial number may be signed, as the reference software writes it: its low 16 bits count.
    package init(json: JSONTree) throws(JSONFormError) {
        self.init(
            protocolVersion: try Self.version(try json.text("protocolVersion")),
            serialNumber: UInt16(truncatingIfNeeded: try json.number("serialNumber") as Int64),
            isPrimary: try json.flag("primarySite"),
            isMultiPrimary: try json.flag("multiPrimary"),
            hashOption: json.member("hashOption") == nil
                ? .byAll : HashOption(rawValue: try json.number("hashOption")),
            hashFilter: json.member("hashFilter") == nil ? [] : try json.text("hashFilter"),
            attributes: try Self.attributes(json),
            servers: try json.list("servers") { json throws(JSONFormError) in try SiteServer(json: json) }
        )
        if json.member("version") != nil { dataFormatVersion = try json.number("version") }
    }

    private static func version(_ text: [UInt8]) throws(JSONFormError) -> ProtocolVersion {
        let numbers = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { UInt8(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else {
            throw .invalid("protocolVersion")
        }
        return ProtocolVersion(major, minor)
    }

    /// A list of names and values, or an object of texts.
    private static func attributes(_ json: JSONTree) throws(JSONFormError) -> [SiteAttribute] {
        guard case .object(let members)? = json.member("attributes") else {
            return try json.list("attributes") { json throws(JSONFormError) in try SiteAttribute(json: json) }
        }
        var attributes: [SiteAttribute] = []
        for member in members {
            guard case .string(let value) = member.value else { throw .wrongKind(member.name) }
            attributes.append(SiteAttribute(name: Array(member.name.utf8), value: Array(value.utf8)))
        }
        return attributes
    }
}

extension SiteAttribute {
    fileprivate var json: JSONTree {
        .object([JSONTree.Member("name", .text(name)), JSONTree.Member("value", .text(value))])
    }

    fileprivate init(json: JSONTree) throws(JSONFormError) {
        self.init(name: try json.text("name"), value: try json.text("value"))
    }
}
