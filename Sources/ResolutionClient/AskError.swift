/// A question that failed: at which server, over what, and why.
package struct AskError: Error, Hashable, Sendable {
    /// The server's address and port, or a path.
    package let server: String
    /// What carried the last attempt.
    package let carrier: Carrier
    /// Why the last attempt failed.
    package let failure: AskFailure
    /// Why UDP failed, where TCP was tried after it.
    package let udpFailure: AskFailure?

    /// What carries messages.
    package enum Carrier: String, Sendable {
        /// Datagrams.
        case udp = "UDP"
        /// A TCP connection.
        case tcp = "TCP"
        /// TLS over a TCP connection.
        case tls = "TLS"
        /// A Unix socket.
        case unix = "Unix socket"
    }

    package init(server: String, carrier: Carrier, failure: AskFailure, udpFailure: AskFailure? = nil) {
        self.server = server
        self.carrier = carrier
        self.failure = failure
        self.udpFailure = udpFailure
    }
}

extension AskError: CustomStringConvertible {
    package var description: String {
        let before = udpFailure.map { "UDP: \($0); then " } ?? ""
        return "\(server): \(before)\(carrier.rawValue): \(failure)"
    }
}
