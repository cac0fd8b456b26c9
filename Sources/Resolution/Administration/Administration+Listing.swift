internal import ResolutionProtocol

/// Lists of names, and what server administrators may do (operations.md §§8, 9, 13).
extension Administration {
    /// Operation 105, and 106 of protocol 3.0, which lists derived prefixes without the name's second `0.NA/`.
    func listIdentifiers(_ call: AdministrationCall) {
        if let refusal = refusalOfTransport(call) { return refuse(call, refusal) }
        if let refusal = Self.refusalOfDatagram(call) { return refuse(call, refusal) }
        guard settings.allowsListing else {
            return send(.refused(.operationNotSupported, "identifiers are not listed here"), to: call)
        }
        guard let request = call.read(NameRequest.self) else { return refuseUnreadable(call) }
        let named = Self.prefix(named: request.name)
        let isDerived = call.opCode == .listDerivedPrefixes
        let prefix = isDerived ? IdentifierGrammar.prefixRecordHead + named : named
        guard isListed(prefix) else {
            return send(.refused(.notResponsible, "not responsible for this prefix"), to: call)
        }
        guard let identity = identify(call) else { return }
        guard mayList(prefix, identity) else { return refuse(call, .notAdministrator) }
        sendNames(keysBeginWith: Self.listedHead(of: prefix), after: nil, call)
    }

    /// Whether identifiers of `prefix`, or for `0.NA/10` prefixes below 10, are kept here.
    private func isListed(_ prefix: [UInt8]) -> Bool {
        let head = IdentifierGrammar.prefixRecordHead
        let named = prefix.starts(with: head) ? Array(prefix.dropFirst(head.count)) : prefix
        return rows[named]?.state == .homed
    }

    /// How the keys of what is listed begin: identifiers of `88.118.8`, or, for `0.NA/10`, records of prefixes below
    /// 10.
    private static func listedHead(of prefix: [UInt8]) -> [UInt8] {
        prefix.starts(with: IdentifierGrammar.prefixRecordHead)
            ? prefix + [UInt8(ascii: ".")] : prefix + [UInt8(ascii: "/")]
    }

    private func mayList(_ prefix: [UInt8], _ identity: Identity) -> Bool {
        let head = IdentifierGrammar.prefixRecordHead
        let name = prefix.starts(with: head) ? prefix : head + prefix
        guard case .found(let record) = records.read(name) else {
            return has(identity, .listIdentifiers, by: [])
        }
        return has(identity, .listIdentifiers, by: record.values)
    }

    /// The prefix that `0.NA/88.118.8` and `88.118.8` name, folded.
    static func prefix(named name: [UInt8]) -> [UInt8] {
        let folded = ASCIIFolding.uppercased(name)
        let head = IdentifierGrammar.prefixRecordHead
        return folded.starts(with: head) ? Array(folded.dropFirst(head.count)) : folded
    }

    /// Sends the next message of names, and the one after that once this is on its way.
    private func sendNames(keysBeginWith head: [UInt8], after: [UInt8]?, _ call: AdministrationCall) {
        do throws(ChangeLogError) {
            let part = try ports.listing.names(keysBeginWith: head, after: after, limit: settings.namesPerMessage)
            if part.damagedCount > 0 { figures.damagedNameCount += UInt64(part.damagedCount) }
            send(names: part.names, to: call, next: part.after) { $0.sendNames(keysBeginWith: head, after: $1, call) }
        } catch {
            refuse(call, AdministrationRefusal(error))
        }
    }

    /// Sends one message of a list; `goOn` is called for the next where `next` says that there is one.
    private func send<Position: Sendable>(
        names: [[UInt8]],
        to call: AdministrationCall,
        next: Position?,
        goOn: @escaping @Sendable (Administration, Position) -> Void
    ) {
        var body = WireWriter(capacity: 4_096, byteCountMax: 2 * Envelope.messageLengthMax)
        body.array(names.map { WireText($0) })
        var response = AdministrationResponse(code: .success, body: [UInt8](body.bytes))
        guard let next else { return send(response, to: call) }
        response.flags = .continued
        let post = ports.post
        send(response, to: call) { post { goOn($0, next) } }
    }

    /// A list has several messages, of which datagrams tell neither order nor end.
    private static func refusalOfDatagram(_ call: AdministrationCall) -> AdministrationRefusal? {
        guard call.peer.isDatagram else { return nil }
        return AdministrationRefusal(.protocolError, "lists are not carried by UDP; use TCP")
    }

    func listHomedPrefixes(_ call: AdministrationCall) {
        if let refusal = Self.refusalOfDatagram(call) { return refuse(call, refusal) }
        guard let refusal = refusalOfServerOperation(call) else {
            let homed = rows.values.filter { $0.state == .homed }.map(\.prefix)
            let sorted = homed.sorted { $0.lexicographicallyPrecedes($1) }
            return sendHomed(sorted.map { IdentifierGrammar.prefixRecordHead + $0 }, from: 0, call)
        }
        send(refusal: refusal, to: call)
    }

    private func sendHomed(_ names: [[UInt8]], from start: Int, _ call: AdministrationCall) {
        let end = min(start + settings.namesPerMessage, names.count)
        send(names: Array(names[start..<end]), to: call, next: end < names.count ? end : nil) {
            $0.sendHomed(names, from: $1, call)
        }
    }
}
