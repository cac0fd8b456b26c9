internal import ResolutionProtocol

/// Reading a template's JSON; its members are named as in the field (identification-system.md §8.1).
extension DataTemplate {
    private static let members: Set = [
        "prefix", "version", "state", "industryCategory", "industrySpecific", "industryTrade", "industrySubclass",
        "type", "description", "items",
    ]

    /// Reads `json`. Where it names a prefix, that must be `prefix`; nil: any.
    package init(json text: [UInt8], prefix: [UInt8]?) throws(TemplateError) {
        guard text.count <= Self.byteCountMax else { throw TemplateError("", .tooLong) }
        guard let json = JSONTree(text), case .object(let members) = json else { throw TemplateError("", .notJSON) }
        try members.requireNames(Self.members, in: "")
        let named = json.member("prefix") == nil ? nil : try json.templateText("prefix", in: "")
        if let prefix, let named, !ASCIIFolding.areEqual(named[...], prefix[...]) {
            throw TemplateError("prefix", .otherPrefix)
        }
        version = try json.label("version", byteCountMax: Self.versionByteCountMax, in: "")
        if json.member("state") != nil { state = try json.word("state", in: "", State.allCases) }
        category = try Self.category(json)
        if json.member("type") != nil { kind = try Self.kind(json) }
        if json.member("description") != nil { description = try json.templateText("description", in: "") }
        items = try Self.items(json)
    }

    private static func category(_ json: JSONTree) throws(TemplateError) -> IndustryCategory? {
        let names = ["industryCategory", "industrySpecific", "industryTrade", "industrySubclass"]
        var levels: [[UInt8]] = []
        for name in names { levels.append(json.member(name) == nil ? [] : try json.templateText(name, in: "")) }
        guard levels.contains(where: { !$0.isEmpty }) else { return nil }
        do throws(IndustryCategory.Fault) {
            return try IndustryCategory(levels[0], levels[1], levels[2], levels[3])
        } catch {
            throw TemplateError(names[error.level], .notACategory)
        }
    }

    private static func kind(_ json: JSONTree) throws(TemplateError) -> Kind {
        guard let kind = Kind(rawValue: try json.whole("type", in: "")) else {
            throw TemplateError("type", .outOfRange(.numbers(1...2)))
        }
        return kind
    }

    private static func items(_ json: JSONTree) throws(TemplateError) -> [TemplateItem] {
        guard let member = json.member("items") else { throw TemplateError("items", .missing) }
        guard case .array(let elements) = member else { throw TemplateError("items", .wrongKind) }
        guard (1...itemCountMax).contains(elements.count) else {
            throw TemplateError("items", .outOfRange(.items(1...itemCountMax)))
        }
        var items: [TemplateItem] = []
        var indexes: Set<UInt32> = []
        var types: Set<[UInt8]> = []
        for (number, element) in elements.enumerated() {
            let path = "items[\(number)]."
            let item = try TemplateItem(json: element, path: path)
            guard indexes.insert(item.index).inserted else { throw TemplateError(path + "idIndex", .repeated) }
            guard types.insert(ASCIIFolding.uppercased(item.type)).inserted else {
                throw TemplateError(path + "idType", .repeated)
            }
            items.append(item)
        }
        return items.sorted { $0.index < $1.index }
    }
}

extension TemplateItem {
    private static let members: Set = ["name", "idType", "idIndex", "required", "state", "metadata"]
    private static let metadataMembers: Set = ["type", "minLength", "maxLength"]

    fileprivate init(json: JSONTree, path: String) throws(TemplateError) {
        guard case .object(let members) = json else { throw TemplateError(String(path.dropLast()), .wrongKind) }
        try members.requireNames(Self.members, in: path)
        name = try json.label("name", byteCountMax: Self.nameByteCountMax, in: path)
        type = try json.label("idType", byteCountMax: Self.nameByteCountMax, in: path)
        // Where types are columns of a file, these separate.
        guard !type.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") }) else {
            throw TemplateError(path + "idType", .badText)
        }
        index = try json.whole("idIndex", in: path)
        guard index >= Self.indexMin, index <= UInt32(Int32.max) else {
            throw TemplateError(path + "idIndex", .outOfRange(.numbers(Int(Self.indexMin)...Int(Int32.max))))
        }
        do throws(JSONFormError) { isRequired = try json.flag("required") } catch {
            throw TemplateError(error, in: path)
        }
        if json.member("state") != nil { isEnabled = try Self.isEnabled(json, path) }
        if let metadata = json.member("metadata") { try setLengths(metadata, path + "metadata.") }
    }

    private static func isEnabled(_ json: JSONTree, _ path: String) throws(TemplateError) -> Bool {
        switch try json.whole("state", in: path) as Int {
        case 0: return false
        case 1: return true
        default: throw TemplateError(path + "state", .outOfRange(.numbers(0...1)))
        }
    }

    private mutating func setLengths(_ json: JSONTree, _ path: String) throws(TemplateError) {
        guard case .object(let members) = json else { throw TemplateError(String(path.dropLast()), .wrongKind) }
        try members.requireNames(Self.metadataMembers, in: path)
        guard json.member("type") == nil || json.member("type") == .string("string") else {
            throw TemplateError(path + "type", .outOfRange(.words(["string"])))
        }
        if json.member("minLength") != nil { lengthMin = try json.whole("minLength", in: path) }
        if json.member("maxLength") != nil { lengthMax = try json.whole("maxLength", in: path) }
        guard (0...Self.lengthMaxMax).contains(lengthMin) else {
            throw TemplateError(path + "minLength", .outOfRange(.numbers(0...Self.lengthMaxMax)))
        }
        guard (max(lengthMin, 1)...Self.lengthMaxMax).contains(lengthMax) else {
            throw TemplateError(path + "maxLength", .outOfRange(.numbers(max(lengthMin, 1)...Self.lengthMaxMax)))
        }
    }
}

extension [JSONTree.Member] {
    /// Throws where one has none of these names, or that of an earlier one.
    fileprivate func requireNames(_ names: Set<String>, in path: String) throws(TemplateError) {
        var seen: Set<String> = []
        for member in self {
            guard names.contains(member.name) else { throw TemplateError(path + member.name, .unknown) }
            guard seen.insert(member.name).inserted else { throw TemplateError(path + member.name, .repeated) }
        }
    }
}

/// Members as templates have them, with the path of what is wrong.
extension JSONTree {
    fileprivate func templateText(_ name: String, in path: String) throws(TemplateError) -> [UInt8] {
        do throws(JSONFormError) { return try text(name) } catch { throw TemplateError(error, in: path) }
    }

    /// A text that is there, short, and without control characters.
    fileprivate func label(_ name: String, byteCountMax: Int, in path: String) throws(TemplateError) -> [UInt8] {
        let text = try templateText(name, in: path)
        guard (1...byteCountMax).contains(text.count), UTF8Text.firstControlOffset(in: text) == nil else {
            throw TemplateError(path + name, .badText)
        }
        return text
    }

    fileprivate func whole<T: FixedWidthInteger>(_ name: String, in path: String) throws(TemplateError) -> T {
        do throws(JSONFormError) { return try number(name) } catch { throw TemplateError(error, in: path) }
    }

    fileprivate func word<T: RawRepresentable<String>>(
        _ name: String,
        in path: String,
        _ all: [T]
    ) throws(TemplateError) -> T {
        let text = String(decoding: try templateText(name, in: path), as: UTF8.self)
        if let value = T(rawValue: text) { return value }
        throw TemplateError(path + name, .outOfRange(.words(all.map(\.rawValue))))
    }
}
