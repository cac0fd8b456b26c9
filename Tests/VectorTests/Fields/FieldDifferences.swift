import VectorFiles

/// What differs between the fields of a vector and those that decoding its bytes gave.
enum FieldDifferences {
    /// Members that are remarks, or say how to use a vector.
    private static let remarks: Set<String> = ["note", "summary", "deterministic"]
    /// Members that repeat others, and need not be there.
    private static let repetitions: Set<String> = ["dataText", "spkiBase64", "bits", "signedInfoLength"]
    /// Members that hold a number in hex, without leading zeros.
    private static let bigNumbers: Set<String> = [
        "nHex", "eHex", "dHex", "pHex", "qHex", "gHex", "xHex", "yHex", "modulusHex", "publicExponentHex",
        "clientPrivateHex", "serverPrivateHex", "opFlags",
    ]
    /// Lists of indexes, compared as 32-bit patterns.
    private static let indexLists: Set<String> = ["requestedIndexes", "indexes"]

    /// One line per difference; `null` and absent are the same.
    static func between(_ wanted: JSONValue, _ found: JSONValue, at path: String = "fields") -> [String] {
        switch (wanted, found) {
        case (.object(let wanted), .object(let found)): members(wanted, found, at: path)
        case (.array(let wanted), .array(let found)): items(wanted, found, at: path)
        default: areEqual(wanted, found, at: path) ? [] : ["\(path) is \(text(found)), not \(text(wanted))"]
        }
    }

    private static func members(
        _ wanted: [String: JSONValue],
        _ found: [String: JSONValue],
        at path: String
    ) -> [String] {
        Set(wanted.keys).union(found.keys).subtracting(remarks).sorted().flatMap { name -> [String] in
            if wanted[name] == nil, repetitions.contains(name) { return [] }
            return between(wanted[name] ?? .null, found[name] ?? .null, at: "\(path).\(name)")
        }
    }

    private static func items(_ wanted: [JSONValue], _ found: [JSONValue], at path: String) -> [String] {
        guard wanted.count == found.count else { return ["\(path) has \(found.count) items, not \(wanted.count)"] }
        return zip(wanted, found).enumerated().flatMap { between($1.0, $1.1, at: "\(path)[\($0)]") }
    }

    private static func areEqual(_ wanted: JSONValue, _ found: JSONValue, at path: String) -> Bool {
        if wanted == found { return true }
        let name = path.split(separator: ".").last.map { String($0.prefix { $0 != "[" }) } ?? ""
        switch (wanted, found) {
        case (.string(let wanted), .string(let found)):
            if bigNumbers.contains(name) { return isSameNumber(wanted, found) }
            if name == "address" {
                return IPAddressText.bytes(wanted).map { $0 == IPAddressText.bytes(found) } ?? false
            }
            if name.hasSuffix("Hex") {
                return Hexadecimal.bytes(wanted).map { $0 == Hexadecimal.bytes(found) } ?? false
            }
            return false
        case (.integer(let wanted), .integer(let found)):
            guard indexLists.contains(name), let pattern = JSONValue.pattern(wanted) else { return false }
            return pattern == JSONValue.pattern(found)
        default: return false
        }
    }

    private static func isSameNumber(_ a: String, _ b: String) -> Bool {
        func number(_ text: String) -> [UInt8]? {
            Hexadecimal.number(text.hasPrefix("0x") ? String(text.dropFirst(2)) : text)
        }
        return number(a).map { $0 == number(b) } ?? false
    }

    private static func text(_ value: JSONValue) -> String {
        let text =
            switch value {
            case .null: "absent"
            case .bool(let flag): "\(flag)"
            case .integer(let number): "\(number)"
            case .real(let number): "\(number)"
            case .string(let text): "\"\(text)\""
            case .array(let items): "a list of \(items.count)"
            case .object(let members): "an object of \(members.count)"
            }
        return text.count > 80 ? text.prefix(80) + "…" : text
    }
}
