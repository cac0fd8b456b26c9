import ResolutionProtocol

@testable import Resolution

/// Other nodes, in memory: each answers by a value, or keeps silent. Notes what it was asked.
final class PretendedTree {
    /// What a server answers; nil: nothing.
    typealias Server = (Message) -> Message?

    private var servers: [ServerEndpoint: Server] = [:]
    /// Servers whose signatures are wrong, where they are asked for one.
    var forgers: Set<UInt8> = []
    /// What was asked, in order.
    private(set) var asks: [RecursionAsk] = []

    /// The node that asks has this number.
    static let ownNumber: UInt8 = 99
    static let now = BatchTime(unixSeconds: 1_700_000_000, nanoseconds: 1_000_000_000_000)

    /// Server `number` answers as `server` says.
    func add(_ number: UInt8, _ server: @escaping Server) { servers[Self.endpoint(number)] = server }

    /// Server `number` is a whole node.
    func add(_ number: UInt8, _ node: TestNode) { add(number) { node.reply(to: $0).message } }

    /// Server `number` has these records, and says 100 of all others.
    func add(_ number: UInt8, records: [String: [HandleValue]]) {
        add(number) { request in
            let name = String(decoding: request.identifier, as: UTF8.self)
            guard let values = records[name] else { return request.error(.identifierNotFound) }
            return request.found(values)
        }
    }

    /// Server `number` is silent from now on.
    func remove(_ number: UInt8) { servers[Self.endpoint(number)] = nil }

    func forgetAsks() { asks = [] }

    /// Numbers of servers and names that they were asked for.
    var asked: [String] {
        asks.map { "\($0.server.address[15]) \(String(decoding: $0.identifier, as: UTF8.self))" }
    }

    /// Looks `question` up.
    func resolve(
        _ question: RecursionQuestion,
        _ routes: RouteBook,
        at time: BatchTime = PretendedTree.now
    ) -> RecursionOutcome {
        var recursion = Recursion(question)
        var step = recursion.advance(.started, routes: routes, at: time)
        while case .ask(let ask) = step {
            asks.append(ask)
            step = recursion.advance(event(ask), routes: routes, at: time)
        }
        guard case .done(let outcome) = step else { return RecursionOutcome(question, .failed(.noRoute)) }
        return outcome
    }

    private func event(_ ask: RecursionAsk) -> Recursion.Event {
        if ask.mustBeCertified, forgers.contains(ask.server.address[15]) { return .unproven }
        return servers[ask.endpoint]?(ask.request).map { .answered($0) } ?? .unanswered
    }

    func resolve(
        _ identifier: String,
        _ routes: RouteBook,
        flags: OpFlags = .requestDefault,
        at time: BatchTime = PretendedTree.now
    ) -> RecursionOutcome {
        resolve(RecursionQuestion(identifier: Array(identifier.utf8), flags: flags), routes, at: time)
    }

    // MARK: sites

    static func address(_ number: UInt8) -> [UInt8] { [UInt8](repeating: 0, count: 12) + [10, 0, 0, number] }

    static func endpoint(_ number: UInt8) -> ServerEndpoint { ServerEndpoint(address: address(number), port: 2_641) }

    /// A site of servers `numbers`.
    static func site(
        _ numbers: UInt8...,
        serial: UInt16 = TestNode.serial,
        isPrimary: Bool = true,
        attributes: [SiteAttribute] = [],
        publicKey: [UInt8] = []
    ) -> SiteInfo {
        let servers = numbers.map { number in
            SiteServer(
                serverID: UInt32(number),
                address: address(number),
                publicKey: publicKey,
                interfaces: [
                    ServerInterface(kind: .both, transport: .tcp, port: 2_641),
                    ServerInterface(kind: .query, transport: .udp, port: 2_641),
                ]
            )
        }
        return SiteInfo(serialNumber: serial, isPrimary: isPrimary, attributes: attributes, servers: servers)
    }

    /// A value that holds `site`.
    static func value(
        _ site: SiteInfo,
        _ type: [UInt8] = ValueType.site,
        index: UInt32 = 1,
        ttl: Int32 = 86_400
    ) -> HandleValue {
        HandleValue(index: index, ttl: ttl, type: type, data: site.wire)
    }

    /// A value that names a service.
    static func service(_ name: String, _ type: [UInt8] = ValueType.service, index: UInt32 = 1) -> HandleValue {
        HandleValue(index: index, type: type, data: Array(name.utf8))
    }

    /// What a node knows whose level above are servers `above`.
    static func routes(
        above: [UInt8] = [1],
        local: LocalRoutes? = nil,
        cost: @escaping (ServerEndpoint) -> Int = { _ in 0 },
        settings change: (inout RecursionSettings) -> Void = { _ in }
    ) -> RouteBook {
        var settings = RecursionSettings(
            above: above.map { .known(onlyByAddress: address($0), port: 2_641) },
            ownSite: site(ownNumber)
        )
        change(&settings)
        return RouteBook(settings: settings, local: local, cost: cost)
    }

    static func after(_ seconds: UInt64) -> BatchTime {
        BatchTime(
            unixSeconds: now.unixSeconds + Int64(seconds),
            nanoseconds: now.nanoseconds + seconds * 1_000_000_000
        )
    }
}

extension Message {
    /// What a request to resolve asks for.
    var identifier: [UInt8] {
        guard case .resolve(let question) = body else { return [] }
        return question.identifier
    }

    /// The answer `code` with `body` to this request.
    func answer(_ code: ResponseCode, _ body: MessageBody, serial: UInt16 = TestNode.serial) -> Message {
        var answer = self
        answer.header.responseCode = code
        answer.header.siteInfoSerial = serial
        answer.body = body
        return answer
    }

    func found(_ values: [HandleValue], serial: UInt16 = TestNode.serial) -> Message {
        answer(.success, .resolved(ResolutionAnswer(identifier: identifier, values: values)), serial: serial)
    }

    func error(_ code: ResponseCode) -> Message { answer(code, .error(ErrorBody(message: []))) }

    func referral(_ code: ResponseCode, _ values: [HandleValue]?, of name: String = "") -> Message {
        answer(code, .referral(Referral(identifier: Array(name.utf8), values: values)))
    }
}

extension RecursionOutcome {
    /// The values found; nil: none were.
    var values: [HandleValue]? {
        guard case .found(let record) = finding else { return nil }
        return try? StoredRecordView(record.span.bytes).decodedValues()
    }
}
