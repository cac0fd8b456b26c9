extension HandleValue {
    /// The JSON form of data-model.md §9. Permissions are left out where they are the usual ones, unless
    /// `alwaysPermissions`.
    package func json(alwaysPermissions: Bool = false) -> JSONTree {
        var members = [
            JSONTree.Member("index", .number(index)), JSONTree.Member("type", .text(type)),
            JSONTree.Member("data", ValueDataForm(type: type, data: data).json),
        ]
        if alwaysPermissions || permissions != .standard {
            members.append(JSONTree.Member("permissions", .string(permissions.digits)))
        }
        members.append(JSONTree.Member("ttl", ttlType == 0 ? .number(ttl) : .string(UTCTime.text(Int64(ttl)))))
        if timestamp != 0 {
            // Read as a signed number, as the reference software does.
            let seconds = Int64(Int32(bitPattern: timestamp))
            members.append(JSONTree.Member("timestamp", .string(UTCTime.text(seconds))))
        }
        if !references.isEmpty { members.append(JSONTree.Member("references", .array(references.map(\.json)))) }
        return .object(members)
    }

    /// Reads the same.
    package init(json: JSONTree) throws(JSONFormError) {
        let form = try ValueDataForm(json: try json.required("data"))
        let (ttlType, ttl) = try Self.ttl(json)
        self.init(
            index: try json.number("index"),
            timestamp: json.member("timestamp") == nil ? 0 : UInt32(bitPattern: try Self.time("timestamp", json)),
            ttlType: ttlType,
            ttl: ttl,
            permissions: json.member("permissions") == nil ? .standard : try Self.permissions(json),
            type: try json.text("type"),
            data: form.data,
            references: try json.list("references") { json throws(JSONFormError) in try ValueReference(json: json) }
        )
    }

    /// A number of seconds, or a time.
    private static func ttl(_ json: JSONTree) throws(JSONFormError) -> (type: UInt8, seconds: Int32) {
        switch json.member("ttl") {
        case nil: (0, 86_400)
        case .string: (1, try time("ttl", json))
        default: (0, try json.number("ttl"))
        }
    }

    private static func time(_ name: String, _ json: JSONTree) throws(JSONFormError) -> Int32 {
        let text = String(decoding: try json.text(name), as: UTF8.self)
        guard let seconds = UTCTime.seconds(text), let time = Int32(exactly: seconds) else { throw .invalid(name) }
        return time
    }

    /// Four digits, or `*` for all. Every digit counts: the reference software, by a slip, passes over the first.
    private static func permissions(_ json: JSONTree) throws(JSONFormError) -> ValuePermissions {
        let text = try json.text("permissions")
        guard text != [UInt8(ascii: "*")] else { return ValuePermissions(rawValue: 0x0F) }
        guard text.count == 4, text.allSatisfy({ $0 == 0x30 || $0 == 0x31 }) else { throw .invalid("permissions") }
        return ValuePermissions(rawValue: text.reduce(0) { $0 << 1 | $1 & 1 })
    }
}
