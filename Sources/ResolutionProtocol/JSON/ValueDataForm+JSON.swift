extension ValueDataForm {
    /// `{"format":…,"value":…}`.
    package var json: JSONTree {
        .object([JSONTree.Member("format", .string(format)), JSONTree.Member("value", value)])
    }

    /// Reads such an object, or a bare text; the formats `hex` and `base64` may hold any data.
    package init(json: JSONTree) throws(JSONFormError) {
        if case .string(let text) = json {
            self = .string(Array(text.utf8))
            return
        }
        switch String(decoding: try json.text("format"), as: UTF8.self) {
        case "string": self = .string(try json.text("value"))
        case "base64":
            guard let bytes = Base64Text.bytes(try json.text("value")) else { throw .invalid("value") }
            self = .base64(bytes)
        case "hex":
            guard let bytes = HexadecimalText.bytes(try json.text("value")) else { throw .invalid("value") }
            self = .base64(bytes)
        case "admin": self = .admin(try AdminRecord(json: try json.required("value")))
        case "vlist":
            let references = try json.list("value") { json throws(JSONFormError) in try ValueReference(json: json) }
            self = .valueList(ValueList(references: references))
        case "site": self = .site(try SiteInfo(json: try json.required("value")))
        case "key": self = .key(try PublicKeyRecord(json: try json.required("value")))
        default: throw .invalid("format")
        }
    }

    /// The data of the value.
    package var data: [UInt8] {
        switch self {
        case .string(let bytes), .base64(let bytes): bytes
        case .admin(let admin): admin.wire
        case .valueList(let list): list.wire
        case .site(let site): site.wire
        case .key(let key): key.wire
        }
    }

    private var format: String {
        switch self {
        case .string: "string"
        case .base64: "base64"
        case .admin: "admin"
        case .valueList: "vlist"
        case .site: "site"
        case .key: "key"
        }
    }

    private var value: JSONTree {
        switch self {
        case .string(let text): .text(text)
        case .base64(let bytes): .string(Base64Text.standard(bytes))
        case .admin(let admin): admin.json
        case .valueList(let list): .array(list.references.map(\.json))
        case .site(let site): site.json
        case .key(let key): key.json ?? .string(Base64Text.standard(key.wire))
        }
    }
}
