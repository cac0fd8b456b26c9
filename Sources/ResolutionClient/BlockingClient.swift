package import Cryptography
package import EventLoop
package import ResolutionProtocol

/// Asks one server and waits for the answer: for command-line tools and tests.
///
/// Each question has sockets of its own, so that questions share nothing and ports are as random as ids.
package struct BlockingClient: Sendable {
    /// Who is asked.
    package let server: SocketAddress
    /// Over what.
    package let transport: AskTransport
    /// How long to wait.
    package let timeouts: AskTimeouts

    private let security: TLSContext?

    /// A client of `server`. With `security` it speaks TLS over TCP and nothing else: what cannot go by it does not go.
    package init(
        server: SocketAddress,
        transport: AskTransport = .automatic,
        timeouts: AskTimeouts = AskTimeouts(),
        security: TLSContext? = nil
    ) {
        self.server = server
        self.transport = security == nil ? transport : .tcp
        self.timeouts = timeouts
        self.security = security
    }

    /// Sends `request` and returns its answer, which may be one that says no.
    ///
    /// A RequestId of 0 is replaced by a random one. Throws where no answer comes that may be believed.
    package func ask(_ request: Message) throws(AskError) -> Message {
        try askWithCarrier(request).answer
    }

    /// Like `ask`, and tells over what the answer came.
    package func askWithCarrier(
        _ request: Message
    ) throws(AskError) -> (answer: Message, carrier: AskError.Carrier) {
        var trace: AskTrace?
        return try ask(request, tracing: &trace)
    }

    /// Like `askWithCarrier`, and notes in `trace`, where there is one, what each step took; before it throws, too.
    package func ask(
        _ request: Message,
        tracing trace: inout AskTrace?
    ) throws(AskError) -> (answer: Message, carrier: AskError.Carrier) {
        var request = request
        if request.envelope.requestID == 0 { request.envelope.requestID = RequestID.random() }
        var exchange = Exchange(request: request, transport: transport, timeouts: timeouts)
        var link = BlockingLink(server: server, security: security, handshakeMilliseconds: timeouts.handshake)
        var event = Exchange.Event.started
        while true {
            let now = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds())
            let step = exchange.advance(event, nowSeconds: now)
            trace?.note(step, now: SystemClock.monotonicNanoseconds())
            switch step {
            case .answer(let answer):
                link.sayGoodbye()
                return (answer, link.carrier)
            case .fail(let failure):
                throw AskError(
                    server: "\(server)",
                    carrier: link.carrier,
                    failure: failure,
                    udpFailure: exchange.udpFailure
                )
            default:
                event = link.perform(step)
                trace?.note(event, now: SystemClock.monotonicNanoseconds())
            }
        }
    }

    /// Asks many questions over one TCP connection; see `PipelinedAsking`.
    package func askAll(
        inFlight: Int = 256,
        next: () -> Message?,
        each: (_ request: Message, _ outcome: Result<Message, AskFailure>) -> Bool
    ) throws(AskError) -> Int {
        var asking = PipelinedAsking(server: server, timeouts: timeouts, security: security, inFlightMax: inFlight)
        return try asking.run(next: next, each: each)
    }
}
