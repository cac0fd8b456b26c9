/// Keys whose values are text.
extension SettingKey {
    /// Text of at most `byteCountMax` bytes without control characters.
    static func text(
        _ name: String,
        _ path: Path<String>,
        byteCountMax: Int = 1_024,
        _ english: String,
        _ chinese: String
    ) -> SettingKey {
        let expected = Wording(
            "text of at most \(byteCountMax) bytes, in one line",
            "单行文本，不超过 \(byteCountMax) 字节"
        )
        return SettingKey(
            name: name,
            comment: Wording(english, chinese),
            read: { (node, section) throws(SettingFault) in
                guard case .text(let value) = node else { throw SettingFault(.wrongKind, expected: expected) }
                let isPlain = value.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
                guard isPlain, value.utf8.count <= byteCountMax else {
                    throw SettingFault(.notAllowed, expected: expected)
                }
                section[keyPath: path] = value
            },
            literal: { TOMLLiteral.text($0[keyPath: path]) }
        )
    }

    /// One of a few words.
    static func choice<Value: SettingChoice>(
        _ name: String,
        _ path: Path<Value>,
        _ english: String,
        _ chinese: String
    ) -> SettingKey {
        let words = Value.allCases.map(\.rawValue)
        let list = words.map { "\"\($0)\"" }
        let expected = Wording("one of " + list.joined(separator: ", "), list.joined(separator: "、") + " 之一")
        return SettingKey(
            name: name,
            comment: Wording(english, chinese),
            read: { (node, section) throws(SettingFault) in
                guard case .text(let text) = node else { throw SettingFault(.wrongKind, expected: expected) }
                guard let value = Value(rawValue: text) else {
                    throw SettingFault(.notAllowed, expected: expected, nearest: NearestName.of(text, among: words))
                }
                section[keyPath: path] = value
            },
            literal: { TOMLLiteral.text($0[keyPath: path].rawValue) }
        )
    }

    /// An address, a network.
    static func value<Value: SettingText>(
        _ name: String,
        _ path: Path<Value>,
        _ english: String,
        _ chinese: String
    ) -> SettingKey {
        SettingKey(
            name: name,
            comment: Wording(english, chinese),
            read: { (node, section) throws(SettingFault) in section[keyPath: path] = try parsed(node) },
            literal: { TOMLLiteral.text($0[keyPath: path].text) }
        )
    }

    /// A list of addresses.
    static func list<Value: SettingText>(
        _ name: String,
        countMax: Int,
        _ path: Path<[Value]>,
        _ english: String,
        _ chinese: String
    ) -> SettingKey {
        let expected = Wording(
            "a list of at most \(countMax), such as [\"…\", \"…\"]",
            "列表，例如 [\"…\", \"…\"]，不超过 \(countMax) 项"
        )
        return SettingKey(
            name: name,
            comment: Wording(english, chinese),
            read: { (node, section) throws(SettingFault) in
                guard case .array(let nodes) = node else { throw SettingFault(.wrongKind, expected: expected) }
                guard nodes.count <= countMax else { throw SettingFault(.notAllowed, expected: expected) }
                var values: [Value] = []
                for (index, node) in nodes.enumerated() {
                    do throws(SettingFault) {
                        values.append(try parsed(node))
                    } catch {
                        var fault = error
                        fault.index = index
                        fault.node = node
                        throw fault
                    }
                }
                section[keyPath: path] = values
            },
            literal: { "[" + $0[keyPath: path].map { TOMLLiteral.text($0.text) }.joined(separator: ", ") + "]" }
        )
    }

    private static func parsed<Value: SettingText>(_ node: TOMLNode) throws(SettingFault) -> Value {
        guard case .text(let text) = node else { throw SettingFault(.wrongKind, expected: Value.expectation) }
        guard let value = Value(text: text) else { throw SettingFault(.notAllowed, expected: Value.expectation) }
        return value
    }
}
