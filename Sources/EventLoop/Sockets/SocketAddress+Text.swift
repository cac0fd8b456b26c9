import Glibc

extension SocketAddress {
    /// Reads `127.0.0.1`, `127.0.0.1:2641`, `::1`, `[::1]` or `[::1]:2641`; without a port in the text, `defaultPort`.
    ///
    /// Names are not looked up. A scope (`%eth0`) is taken as an interface's number or name. Throws `invalidAddress`.
    package init(text: String, defaultPort: UInt16 = 0) throws(EventLoopError) {
        guard let (host, port) = Self.split(text, defaultPort: defaultPort),
            let address = Self.ipv4(host, port: port) ?? Self.ipv6(host, port: port)
        else { throw .invalidAddress(text: text) }
        self = address
    }

    /// Host and port of a text, in which an IPv6 address with a port stands in brackets.
    private static func split(_ text: String, defaultPort: UInt16) -> (host: Substring, port: UInt16)? {
        if text.utf8.first == UInt8(ascii: "[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard host.contains(":") else { return nil }
            if rest.isEmpty { return (host, defaultPort) }
            guard rest.utf8.first == UInt8(ascii: ":"), let port = portNumber(rest.dropFirst()) else { return nil }
            return (host, port)
        }
        guard let colon = text.firstIndex(of: ":"), text[text.index(after: colon)...].firstIndex(of: ":") == nil
        else { return (text[...], defaultPort) }
        guard let port = portNumber(text[text.index(after: colon)...]) else { return nil }
        return (text[..<colon], port)
    }

    /// Digits only: `UInt16(_:)` alone would take a sign.
    private static func portNumber(_ text: Substring) -> UInt16? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return UInt16(text)
    }

    private static func ipv4(_ host: Substring, port: UInt16) -> SocketAddress? {
        var address = in_addr()
        guard isText(host), inet_pton(AF_INET, String(host), &address) == 1 else { return nil }
        return SocketAddress(ipv4: UInt32(bigEndian: address.s_addr), port: port)
    }

    private static func ipv6(_ host: Substring, port: UInt16) -> SocketAddress? {
        let parts = host.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let literal = parts.first, isText(host) else { return nil }
        var scope: UInt32 = 0
        if parts.count == 2 {
            scope = UInt32(parts[1]) ?? if_nametoindex(String(parts[1]))
            guard scope > 0 else { return nil }
        }
        var words: (UInt64, UInt64) = (0, 0)
        guard inet_pton(AF_INET6, String(literal), &words) == 1 else { return nil }
        return SocketAddress(
            ipv6High: UInt64(bigEndian: words.0),
            low: UInt64(bigEndian: words.1),
            port: port,
            scope: scope
        )
    }

    /// A NUL would hide the rest of the text from C.
    private static func isText(_ host: Substring) -> Bool {
        !host.isEmpty && !host.utf8.contains(0)
    }

    /// The address alone, as in `127.0.0.1` or `fe80::1%2`.
    package var host: String {
        let text = NetworkPrefix.text(high: high, low: low, asIPv6: isIPv6)
        return scope == 0 ? text : "\(text)%\(scope)"
    }
}

extension SocketAddress: CustomStringConvertible {
    /// Address and port, as in `127.0.0.1:2641` or `[::1]:2641`.
    package var description: String {
        isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
