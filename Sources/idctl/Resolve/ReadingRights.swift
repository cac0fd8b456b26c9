internal import Console
internal import ResolutionProtocol

/// Who may read the values of an answer, by their permissions.
struct ReadingRights {
    /// Values that not everyone may read, and that were answered all the same.
    let restricted: [UInt32]
    /// Values that say who administers the identifier, or prove who is asking.
    let administrative: [UInt32]
    private let valueCount: Int

    /// The rights over `values`.
    init(_ values: [HandleValue]) {
        valueCount = values.count
        restricted = values.filter { !$0.permissions.contains(.publicRead) }.map(\.index)
        let types = [ValueType.admin, ValueType.valueList, ValueType.publicKey, ValueType.secretKey]
        administrative = values.filter { value in
            types.contains { ASCIIFolding.areEqual($0[...], value.type[...]) }
        }.map(\.index)
    }

    /// What was checked on the way, as far as the asker can see.
    var text: LocalizedText {
        guard valueCount > 0 else {
            return LocalizedText(
                english: "asked as nobody: values that are not public are never answered; no value came",
                chinese: "匿名查询：不公开的值不会应答；未收到任何值"
            )
        }
        let open = valueCount - restricted.count
        var english = "asked as nobody: values that are not public are left out; \(open) of \(valueCount) are public"
        var chinese = "匿名查询：不公开的值不会应答；\(valueCount) 个值中 \(open) 个公开"
        if !restricted.isEmpty {
            english += "; not public, by their permissions: index \(Self.list(restricted, ", "))"
            chinese += "；按权限不公开：索引 \(Self.list(restricted, "、"))"
        }
        if !administrative.isEmpty {
            english += "; administrative: index \(Self.list(administrative, ", "))"
            chinese += "；管理用：索引 \(Self.list(administrative, "、"))"
        }
        return LocalizedText(english: english, chinese: chinese)
    }

    private static func list(_ indexes: [UInt32], _ separator: String) -> String {
        indexes.prefix(16).map { "\($0)" }.joined(separator: separator) + (indexes.count > 16 ? " …" : "")
    }
}
