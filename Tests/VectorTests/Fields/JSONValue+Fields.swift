import VectorFiles

/// Typed access to the members of `fields`, as vectors/README.md describes them.
extension JSONValue {
    /// UTF-8 of a text member.
    func text(_ name: String) throws -> [UInt8] { Array(try string(name).utf8) }

    /// UTF-8 of a text member; nil when it is `null` or absent.
    func optionalText(_ name: String) throws -> [UInt8]? { self[name] == nil ? nil : try text(name) }

    func string(_ name: String) throws -> String {
        guard case .string(let text)? = self[name] else { throw FieldError("\(name) is no text") }
        return text
    }

    /// Octets of a member whose name ends in `Hex`.
    func octets(_ name: String) throws -> [UInt8] {
        guard let bytes = Hexadecimal.bytes(try string(name)) else { throw FieldError("\(name) is not whole octets") }
        return bytes
    }

    /// Octets of a member that holds a number in hex.
    func bigNumber(_ name: String) throws -> [UInt8] {
        guard let bytes = Hexadecimal.number(try string(name)) else { throw FieldError("\(name) is not hex") }
        return bytes
    }

    func bool(_ name: String) throws -> Bool {
        guard case .bool(let flag)? = self[name] else { throw FieldError("\(name) is no boolean") }
        return flag
    }

    func number<T: FixedWidthInteger>(_ name: String, as type: T.Type = T.self) throws -> T {
        guard case .integer(let value)? = self[name], let number = T(exactly: value) else {
            throw FieldError("\(name) is no number of \(T.bitWidth) bits")
        }
        return number
    }

    func array(_ name: String) throws -> [JSONValue] {
        guard case .array(let items)? = self[name] else { throw FieldError("\(name) is no list") }
        return items
    }

    func object(_ name: String) throws -> JSONValue {
        guard case .object? = self[name], let member = self[name] else { throw FieldError("\(name) is no object") }
        return member
    }

    /// A list of texts as their UTF-8.
    func texts(_ name: String) throws -> [[UInt8]] {
        try array(name).map { item in
            guard case .string(let text) = item else { throw FieldError("\(name) holds what is no text") }
            return Array(text.utf8)
        }
    }

    /// A list of indexes: `-1` stands for the bit pattern `ffffffff`.
    func indexes(_ name: String) throws -> [UInt32] {
        try array(name).map { item in
            guard case .integer(let value) = item, let index = Self.pattern(value) else {
                throw FieldError("\(name) holds what is no index")
            }
            return index
        }
    }

    /// The 32-bit pattern of a signed or unsigned number.
    static func pattern(_ value: Int64) -> UInt32? {
        UInt32(exactly: value) ?? Int32(exactly: value).map(UInt32.init(bitPattern:))
    }

    /// Text for bytes that should be UTF-8; invalid ones show as hex, and so equal no text of a vector.
    static func text(_ bytes: [UInt8]) -> JSONValue {
        .string(String(validating: bytes, as: UTF8.self) ?? "invalid UTF-8: " + Hexadecimal.text(bytes))
    }

    static func octets(_ bytes: [UInt8]) -> JSONValue { .string(Hexadecimal.text(bytes)) }

    static func bigNumber(_ bytes: [UInt8]) -> JSONValue { .string(Hexadecimal.numberText(bytes)) }

    static func number(_ value: some FixedWidthInteger) -> JSONValue { .integer(Int64(clamping: value)) }
}
