/// One key of a table: its name, how its value is read and checked, how it is written, and what is said about it in the
/// template.
struct SettingKey<Section: Sendable>: Sendable {
    let name: String
    let comment: Wording
    /// Whether the table makes no sense without it.
    var isRequired = false
    let read: @Sendable (TOMLNode, inout Section) throws(SettingFault) -> Void
    /// The value as TOML.
    let literal: @Sendable (Section) -> String

    /// The same key, without which the table is wrong.
    var required: SettingKey {
        var key = self
        key.isRequired = true
        return key
    }
}

extension SettingKey {
    typealias Path<Value> = any WritableKeyPath<Section, Value> & Sendable

    static func integer(
        _ name: String,
        _ range: ClosedRange<Int>,
        _ path: Path<Int>,
        _ english: String,
        _ chinese: String
    ) -> SettingKey {
        let expected = Wording(
            "a whole number, \(range.lowerBound) to \(range.upperBound)",
            "整数，\(range.lowerBound) 至 \(range.upperBound)"
        )
        return SettingKey(
            name: name,
            comment: Wording(english, chinese),
            read: { (node, section) throws(SettingFault) in
                guard case .integer(let value) = node else { throw SettingFault(.wrongKind, expected: expected) }
                guard range.contains(value) else { throw SettingFault(.notAllowed, expected: expected) }
                section[keyPath: path] = value
            },
            literal: { String($0[keyPath: path]) }
        )
    }

    static func flag(_ name: String, _ path: Path<Bool>, _ english: String, _ chinese: String) -> SettingKey {
        SettingKey(
            name: name,
            comment: Wording(english, chinese),
            read: { (node, section) throws(SettingFault) in
                guard case .boolean(let value) = node else {
                    throw SettingFault(
                        .wrongKind,
                        expected: Wording("true or false, without quotes", "true 或 false，不加引号")
                    )
                }
                section[keyPath: path] = value
            },
            literal: { String($0[keyPath: path]) }
        )
    }

    static func bytes(
        _ name: String,
        _ range: ClosedRange<Int>,
        _ path: Path<Int>,
        _ english: String,
        _ chinese: String
    ) -> SettingKey {
        let (least, most) = (QuantityText.text(bytes: range.lowerBound), QuantityText.text(bytes: range.upperBound))
        let expected = Wording("a size, \"\(least)\" to \"\(most)\"", "字节数，\"\(least)\" 至 \"\(most)\"")
        return SettingKey(
            name: name,
            comment: Wording(english, chinese),
            read: { (node, section) throws(SettingFault) in
                let value: Int?
                switch node {
                case .integer(let bytes): value = bytes
                case .text(let text): value = QuantityText.bytes(text)
                default: throw SettingFault(.wrongKind, expected: expected)
                }
                guard let value, range.contains(value) else { throw SettingFault(.notAllowed, expected: expected) }
                section[keyPath: path] = value
            },
            literal: { TOMLLiteral.text(QuantityText.text(bytes: $0[keyPath: path])) }
        )
    }

    static func duration(
        _ name: String,
        _ range: ClosedRange<Duration>,
        _ path: Path<Duration>,
        _ english: String,
        _ chinese: String
    ) -> SettingKey {
        let (least, most) = (QuantityText.text(range.lowerBound), QuantityText.text(range.upperBound))
        let expected = Wording("a time with its unit, \"\(least)\" to \"\(most)\"", "带单位的时间，\"\(least)\" 至 \"\(most)\"")
        return SettingKey(
            name: name,
            comment: Wording(english, chinese),
            read: { (node, section) throws(SettingFault) in
                guard case .text(let text) = node else { throw SettingFault(.wrongKind, expected: expected) }
                guard let value = QuantityText.duration(text), range.contains(value) else {
                    throw SettingFault(.notAllowed, expected: expected)
                }
                section[keyPath: path] = value
            },
            literal: { TOMLLiteral.text(QuantityText.text($0[keyPath: path])) }
        )
    }
}
