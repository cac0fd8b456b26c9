internal import Cryptography
internal import EventLoop
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// Takes signed reports to the level above, by TCP or TLS: to the server that took the last one, else to the others in
/// their order.
struct ReportCourier {
    /// How long a server may take; a silent one holds up nothing but this thread.
    private static let timeouts = AskTimeouts(connect: 3_000, handshake: 5_000, answer: 10_000)

    private let uplink: Uplink
    /// Which of them took the last report.
    private(set) var server: SocketAddress?

    init(_ uplink: Uplink, preferring last: SocketAddress?) {
        self.uplink = uplink
        server = last.flatMap { uplink.servers.contains($0) ? $0 : nil }
    }

    /// Why no server took a report: what the last one asked said.
    struct Refusal: Error {
        var text: String
        /// What stays the same while the reason does, where the text has a time in it.
        var cause: String?
        /// Whether TLS did not come about, and so nothing was said.
        var isUnsecured = false

        /// Whether it is told like `other`.
        func isSame(as other: Refusal?) -> Bool {
            guard let other else { return false }
            return (cause ?? text) == (other.cause ?? other.text)
        }
    }

    /// Delivers `signed`, whose key is that of `identity`; returns rows that the level above does not count.
    mutating func deliver(_ signed: SignedReport, of identity: LedgerIdentity) throws(Refusal) -> UInt32 {
        let delivery = ReportDelivery(identity: identity, signed: signed)
        var refusal = Refusal(text: "federation.above names nobody")
        let servers = uplink.servers
        for next in server.map({ last in [last] + servers.filter { $0 != last } }) ?? servers {
            do throws(Refusal) {
                let receipt = try ask(next, delivery)
                server = next
                return receipt.ignoredRowCount
            } catch {
                refusal = error
            }
        }
        server = nil
        throw refusal
    }

    private func ask(_ server: SocketAddress, _ delivery: ReportDelivery) throws(Refusal) -> ReportReceipt {
        let client = BlockingClient(
            server: server,
            transport: .tcp,
            timeouts: Self.timeouts,
            security: try security(of: server)
        )
        let answer: Message
        do throws(AskError) {
            answer = try client.ask(.request(.report, body: .bytes(delivery.wire)))
        } catch {
            throw Refusal(server, error.failure)
        }
        let code = answer.header.responseCode.decoded(from: answer.envelope.version)
        guard code == .success else {
            throw Refusal(text: "\(server): code \(code.rawValue): \(answer.refusalText)")
        }
        guard case .bytes(let body) = answer.body, let receipt = try? ReportReceipt(wire: body),
            receipt.name == delivery.signed.report.name
        else { throw Refusal(text: "\(server): the receipt is that of another report") }
        return receipt
    }

    private func security(of server: SocketAddress) throws(Refusal) -> TLSContext? {
        do throws(Failure) { return try uplink.security(of: server) } catch {
            throw Refusal(text: error.line, isUnsecured: true)
        }
    }
}

extension ReportCourier.Refusal {
    /// Why there was no answer of `server`.
    fileprivate init(_ server: SocketAddress, _ failure: AskFailure) {
        text = "\(server): \(failure)"
        switch failure {
        case .notSecured(.certificateRefused(let code, _, _)):
            cause = "\(server): certificate \(code)"
            isUnsecured = true
        case .notSecured, .handshakeTimedOut: isUnsecured = true
        default: break
        }
    }
}
