/// A value of a TOML document.
indirect enum TOMLNode: Equatable {
    case text(String)
    case integer(Int)
    case boolean(Bool)
    case array([TOMLNode])
    case table([String: TOMLNode])
    /// A kind that no setting has: a fraction, a date, a time.
    case other(Wording)

    /// What it is, for the message that says it should be something else.
    var kind: Wording {
        switch self {
        case .text: Wording("text", "文本")
        case .integer: Wording("a whole number", "整数")
        case .boolean: Wording("true or false", "布尔值")
        case .array: Wording("a list", "列表")
        case .table: Wording("a table", "表")
        case .other(let kind): kind
        }
    }
}
