internal import EventLoop
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// Takes signed reports to the level above, by TCP: to the server that took the last one, else to the others in their
/// order.
struct ReportCourier {
    /// How long a server may take; a silent one holds up nothing but this thread.
    private static let timeouts = AskTimeouts(connect: 3_000, answer: 10_000)

    /// The servers of the level above.
    let servers: [SocketAddress]
    /// Which of them took the last report.
    private(set) var server: SocketAddress?

    init(servers: [SocketAddress], preferring last: SocketAddress?) {
        self.servers = servers
        server = last.flatMap { servers.contains($0) ? $0 : nil }
    }

    /// Why no server took a report: what the last one asked said.
    struct Refusal: Error {
        var text: String
    }

    /// Delivers `signed`, whose key is that of `identity`; returns rows that the level above does not count.
    mutating func deliver(_ signed: SignedReport, of identity: LedgerIdentity) throws(Refusal) -> UInt32 {
        let delivery = ReportDelivery(identity: identity, signed: signed)
        var refusal = Refusal(text: "federation.above names nobody")
        for next in server.map({ last in [last] + servers.filter { $0 != last } }) ?? servers {
            do throws(Refusal) {
                let receipt = try Self.ask(next, delivery)
                server = next
                return receipt.ignoredRowCount
            } catch {
                refusal = error
            }
        }
        server = nil
        throw refusal
    }

    private static func ask(_ server: SocketAddress, _ delivery: ReportDelivery) throws(Refusal) -> ReportReceipt {
        let answer: Message
        do throws(AskError) {
            let client = BlockingClient(server: server, transport: .tcp, timeouts: timeouts)
            answer = try client.ask(.request(.report, body: .bytes(delivery.wire)))
        } catch {
            throw Refusal(text: "\(server): \(error.failure)")
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
}
