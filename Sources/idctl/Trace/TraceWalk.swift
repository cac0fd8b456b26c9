internal import Console
internal import EventLoop
internal import NodeConfiguration
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// Walks a trace by asking itself: each level at once over one connection to the server that was named, and what that
/// one refers to other servers at those.
struct TraceWalk {
    /// Requests under way at a time.
    private static let inFlight = 256
    /// How often an identifier is referred on.
    private static let referralCountMax = 4
    /// How often a busy server is asked again, and after how many seconds the first time.
    private static let busyCountMax = 4
    private static let busyPause = 0.2

    /// What a question to one server gave.
    private enum Reply {
        case finding(TraceFinding)
        /// It is to be asked at one of these.
        case referred([SiteServer], ResponseCode)
    }

    private let options: AdministrationOptions
    private let home: Administrator
    private let session: Session

    init(_ options: AdministrationOptions, _ home: Administrator, _ session: Session) {
        self.options = options
        self.home = home
        self.session = session
    }

    /// Walks `trace` to its end, and hands each level on as soon as it is known. Throws where the server itself cannot
    /// be asked for the beginning.
    func run(_ trace: inout Trace, each: ([TraceItem]) throws(CommandFailure) -> Void) throws(CommandFailure) {
        while !trace.isOver {
            if Interruption.isRequested { throw .interrupted() }
            for (place, finding) in try findings(of: trace.names, isBeginning: trace.level == 0).enumerated() {
                trace.take(finding, at: place)
            }
            try each(trace.finishLevel())
        }
    }

    /// What is found of each of `names`.
    private func findings(of names: [[UInt8]], isBeginning: Bool) throws(CommandFailure) -> [TraceFinding] {
        var findings = [TraceFinding](repeating: .silence, count: names.count)
        var referred: [Int: (servers: [SiteServer], code: ResponseCode)] = [:]
        func note(_ replies: [Int: Reply]) {
            for (place, reply) in replies {
                switch reply {
                case .finding(let finding): findings[place] = finding
                case .referred(let servers, let code):
                    referred[place] = (servers, code)
                    findings[place] = .none(.unreachable, code)
                }
            }
        }
        let hasRights = options.choice.hasRights
        note(try ask(home, names, Array(names.indices), hasRights: hasRights, mustAnswer: isBeginning))
        for _ in 0..<Self.referralCountMax where !referred.isEmpty {
            let groups = Self.groups(referred)
            referred = [:]
            for (servers, places) in groups { note(askFirst(of: servers, names, places)) }
        }
        return findings
    }

    /// Places by the servers they are referred to, in an order that does not change from run to run.
    private static func groups(
        _ referred: [Int: (servers: [SiteServer], code: ResponseCode)]
    ) -> [(servers: [SocketAddress], places: [Int])] {
        var groups: [[SocketAddress]: [Int]] = [:]
        for (place, referral) in referred {
            let addresses = referral.servers.compactMap(\.streamAddress)
            if !addresses.isEmpty { groups[addresses, default: []].append(place) }
        }
        return groups.map { ($0.key, $0.value.sorted()) }.sorted { ($0.places.first ?? 0) < ($1.places.first ?? 0) }
    }

    /// Asks the first of `servers`, and the next for what that one gives no answer to.
    private func askFirst(of servers: [SocketAddress], _ names: [[UInt8]], _ places: [Int]) -> [Int: Reply] {
        var replies: [Int: Reply] = [:]
        for server in servers where !Interruption.isRequested {
            let left = places.filter { replies[$0] == nil }
            guard !left.isEmpty, let other = try? options.administrator(referredTo: server, session) else { break }
            let hasRights = !options.choice.isLocal && options.choice[.keyFile] != nil
            let answered = try? ask(other, names, left, hasRights: hasRights, mustAnswer: false)
            replies.merge(answered ?? [:]) { $1 }
        }
        return replies
    }

    /// Asks for the names at `places`; what has no answer has no reply.
    private func ask(
        _ server: Administrator,
        _ names: [[UInt8]],
        _ places: [Int],
        hasRights: Bool,
        mustAnswer: Bool
    ) throws(CommandFailure) -> [Int: Reply] {
        var replies: [Int: Reply] = [:]
        var hidden: [Int] = []
        try askPatiently(server, names, places, isPublicOnly: !hasRights, mustAnswer: mustAnswer) { place, answer in
            let code = answer.header.responseCode
            if hasRights, code == .notAdministrator || code == .insufficientPermission {
                // Of a record with values that are not for this asker it is shown nothing, unless it asks as nobody.
                hidden.append(place)
                replies[place] = .finding(.none(.denied, code))
            } else {
                replies[place] = Self.reply(answer, for: names[place])
            }
        }
        guard !hidden.isEmpty else { return replies }
        try askPatiently(server, names, hidden, isPublicOnly: true, mustAnswer: false) { place, answer in
            replies[place] = Self.reply(answer, for: names[place])
        }
        return replies
    }

    /// Asks, and asks a busy server again some times.
    private func askPatiently(
        _ server: Administrator,
        _ names: [[UInt8]],
        _ places: [Int],
        isPublicOnly: Bool,
        mustAnswer: Bool,
        take: (Int, Message) -> Void
    ) throws(CommandFailure) {
        var left = places
        var pause = Self.busyPause
        for attempt in 0...Self.busyCountMax where !left.isEmpty {
            if attempt > 0 {
                Patience.rest(pause)
                pause *= 2
            }
            var busy: [Int] = []
            do throws(AdministrationError) {
                try askAll(server, names, left, isPublicOnly: isPublicOnly) { place, answer in
                    if answer.header.responseCode == .serverBusy { busy.append(place) }
                    take(place, answer)
                }
            } catch {
                guard mustAnswer else { return }
                try server.perform(names[places[0]]) { (_) throws(AdministrationError) in throw error }
            }
            left = busy
        }
    }

    private func askAll(
        _ server: Administrator,
        _ names: [[UInt8]],
        _ places: [Int],
        isPublicOnly: Bool,
        take: (Int, Message) -> Void
    ) throws(AdministrationError) {
        var flags = OpFlags.requestDefault
        if !isPublicOnly { flags.remove(.publicOnly) }
        var next = 0
        var underWay: [UInt32: Int] = [:]
        var failure: AskFailure?
        try server.asking.askAll(
            inFlight: Self.inFlight,
            next: {
                guard next < places.count, !Interruption.isRequested else { return nil }
                next += 1
                return .resolution(of: names[places[next - 1]], flags: flags)
            },
            asked: { underWay[$0] = places[next - 1] },
            each: { id, outcome in
                guard let place = underWay.removeValue(forKey: id) else { return true }
                switch outcome {
                case .success(let answer): take(place, answer)
                case .failure(let reason): failure = reason
                }
                return true
            }
        )
        if let failure, places.count == 1 {
            throw .asking(AskError(server: server.place, carrier: server.carrier, failure: failure))
        }
    }

    private static func reply(_ answer: Message, for name: [UInt8]) -> Reply {
        switch answer.body {
        case .resolved(let resolved):
            return .finding(.found(resolved.values, isStale: answer.header.flags.contains(.stale)))
        case .referral(let referral):
            let code = answer.header.responseCode
            return .referred(ReferredServers.servers(in: referral.values ?? [], for: name, code: code), code)
        default:
            let code = answer.header.responseCode.decoded(from: answer.envelope.version)
            return .finding(TraceFinding(refusal: code))
        }
    }
}

extension SiteServer {
    /// Where it takes connections; nil: nowhere.
    fileprivate var streamAddress: SocketAddress? {
        guard let interface = interfaces.first(where: { $0.transport == .tcp }),
            let port = UInt16(exactly: interface.port)
        else { return nil }
        return SocketAddress(serverAddress: address, port: port)
    }
}
