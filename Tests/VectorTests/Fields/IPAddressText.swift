import Glibc

/// The text of a site's server address: dotted for twelve leading zero octets, else IPv6 (data-model.md §9).
enum IPAddressText {
    static func text(_ address: [UInt8]) -> String {
        if address.prefix(12).allSatisfy({ $0 == 0 }) {
            return address.dropFirst(12).map(String.init).joined(separator: ".")
        }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, address, &buffer, socklen_t(buffer.count)) != nil else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Sixteen bytes; nil when `text` is no address.
    static func bytes(_ text: String) -> [UInt8]? {
        var address = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET6, text, &address) == 1 { return address }
        var last = [UInt8](repeating: 0, count: 4)
        guard inet_pton(AF_INET, text, &last) == 1 else { return nil }
        return [UInt8](repeating: 0, count: 12) + last
    }
}
