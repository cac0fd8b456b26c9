internal import Glibc

/// A site's server address between its 16 bytes and text (data-model.md §5, §9).
package enum ServerAddress {
    /// Dotted IPv4 where 12 zero bytes stand in front, else compressed IPv6; empty where there are not 16 bytes.
    package static func text(_ bytes: [UInt8]) -> String {
        guard bytes.count == 16 else { return "" }
        guard bytes.prefix(12).contains(where: { $0 != 0 }) else {
            return bytes.suffix(4).map { String($0) }.joined(separator: ".")
        }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, bytes, &buffer, socklen_t(buffer.count)) != nil else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The 16 bytes of a text; nil where it is no address.
    package static func bytes(_ text: String) -> [UInt8]? {
        // A NUL would hide the rest of the text from C.
        guard !text.utf8.contains(0) else { return nil }
        var address = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET6, text, &address) == 1 { return address }
        var last = [UInt8](repeating: 0, count: 4)
        guard inet_pton(AF_INET, text, &last) == 1 else { return nil }
        return [UInt8](repeating: 0, count: 12) + last
    }

    /// Names of transports; another one is written as its number.
    private static let transportNames = ["UDP", "TCP", "HTTP", "HTTPS"]

    /// `UDP`, `TCP`, `HTTP`, `HTTPS`, or the number of another one.
    package static func name(of transport: ServerInterface.TransportProtocol) -> String {
        let number = Int(transport.rawValue)
        return transportNames.indices.contains(number) ? transportNames[number] : "\(number)"
    }

    /// The transport of a name.
    static func transport(named name: [UInt8]) -> ServerInterface.TransportProtocol? {
        let text = String(decoding: name, as: UTF8.self)
        let known = transportNames.firstIndex { $0.utf8.elementsEqual(name) }
        return (known.map { UInt8($0) } ?? UInt8(text)).map { ServerInterface.TransportProtocol(rawValue: $0) }
    }
}
