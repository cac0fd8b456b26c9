internal import ResolutionProtocol

/// Identifiers inside `hdl:` and web addresses.
enum HandleAddress {
    private static let scheme = Array("hdl:".utf8)
    private static let webSchemes = ["https://", "http://"].map { Array($0.utf8) }

    /// Whether `text` begins like an address that may hold an identifier.
    static func isAddress(_ text: [UInt8]) -> Bool {
        ([scheme] + webSchemes).contains { ASCIIFolding.areEqual(text.prefix($0.count), $0[...]) }
    }

    /// What stands behind `hdl:` or `hdl://`, decoded; nil where there is no such beginning.
    static func withoutScheme(_ text: [UInt8]) -> [UInt8]? {
        guard ASCIIFolding.areEqual(text.prefix(scheme.count), scheme[...]) else { return nil }
        let rest = text.dropFirst(scheme.count)
        return decoded(rest.starts(with: Array("//".utf8)) ? rest.dropFirst(2) : rest)
    }

    /// The path of a web address, decoded, where it is an identifier: a number with dots, and a `/` behind it.
    static func identifier(in text: [UInt8]) -> [UInt8]? {
        guard let head = webSchemes.first(where: { ASCIIFolding.areEqual(text.prefix($0.count), $0[...]) }),
            let slash = text.dropFirst(head.count).firstIndex(of: UInt8(ascii: "/"))
        else { return nil }
        let path = text[(slash + 1)...].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let identifier = decoded(path)
        guard let end = identifier.firstIndex(of: UInt8(ascii: "/")), end + 1 < identifier.count else { return nil }
        let prefix = identifier[..<end]
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return prefix.first.map(digits.contains) == true && prefix.contains(UInt8(ascii: ".")) ? identifier : nil
    }

    /// Each `%` with two hexadecimal digits as its octet, once; one without them stays (RFC 3986 §2.1).
    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text
        while let octet = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if octet == UInt8(ascii: "%"), digits.utf8.count == 2, !digits.hasPrefix("+"), !digits.hasPrefix("-"),
                let value = UInt8(digits, radix: 16)
            {
                result.append(value)
                rest = rest.dropFirst(2)
            } else {
                result.append(octet)
            }
        }
        return result
    }
}
