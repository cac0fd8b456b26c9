/// An IP address with a port: another node. Names are not taken, so that no start waits for the name service.
package struct HostAddress: Hashable, Sendable, SettingText {
    /// The port that stands where none is given.
    static let portDefault = 2_641

    /// The address.
    package let address: IPAddress
    /// 1…65535.
    package let port: Int

    /// Reads `192.0.2.1:2641`, `[2001:db8::1]:2641`, or either without its port.
    package init?(text: String) {
        let (host, port) = Self.parts(of: text)
        guard let address = IPAddress(text: host) else { return nil }
        var number = Self.portDefault
        if let port {
            guard port.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }), let given = Int(port),
                (1...65_535).contains(given)
            else { return nil }
            number = given
        }
        self.address = address
        self.port = number
    }

    /// The port stands behind brackets, or behind the only colon.
    private static func parts(of text: String) -> (host: String, port: String?) {
        if text.hasPrefix("["), let end = text.lastIndex(of: "]") {
            let host = String(text[text.index(after: text.startIndex)..<end])
            let rest = text[text.index(after: end)...]
            guard !rest.isEmpty else { return (host, nil) }
            return rest.hasPrefix(":") ? (host, String(rest.dropFirst())) : ("", nil)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (text, nil)
    }

    /// `192.0.2.1:2641`.
    package var text: String { address.isIPv6 ? "[\(address.text)]:\(port)" : "\(address.text):\(port)" }

    static let expectation = Wording(
        "an IP address with a port, such as 192.0.2.1:2641 or [2001:db8::1]:2641",
        "IP 地址与端口，例如 192.0.2.1:2641 或 [2001:db8::1]:2641"
    )
}
