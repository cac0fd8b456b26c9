internal import ResolutionProtocol

/// What server administrators may do: home and unhome prefixes, list them, back the store up (operations.md §§9, 13).
extension Administration {
    /// Why a server operation does not go on: refused, or its asker must say who it is.
    enum ServerRefusal {
        case refused(AdministrationRefusal)
        case needsIdentity
    }

    /// What keeps `call` from being carried out; nil: nothing.
    func refusalOfServerOperation(_ call: AdministrationCall) -> ServerRefusal? {
        if let refusal = refusalOfTransport(call) { return .refused(refusal) }
        guard let identity = call.identity else { return .needsIdentity }
        return isServerAdministrator(identity) ? nil : .refused(.notAdministrator)
    }

    func send(refusal: ServerRefusal, to call: AdministrationCall) {
        switch refusal {
        case .refused(let refusal): refuse(call, refusal)
        case .needsIdentity: challenge(call)
        }
    }

    /// Operations 300 and 301.
    func home(_ call: AdministrationCall) {
        if let refusal = refusalOfChange(call) { return refuse(call, refusal) }
        guard let request = call.read(NameRequest.self) else { return refuseUnreadable(call) }
        guard let prefix = Self.homedPrefix(named: request.name) else {
            return send(.refused(.invalidIdentifier, "not the name of a prefix: 0.NA/ and the prefix"), to: call)
        }
        if let refusal = refusalOfServerOperation(call) { return send(refusal: refusal, to: call) }
        enterLane([IdentifierGrammar.prefixRecordName(of: prefix)], call) { $0.home(prefix, call, lane: $1) }
    }

    /// The prefix that is to be homed; nil: no name of one.
    private static func homedPrefix(named name: [UInt8]) -> [UInt8]? {
        let prefix = prefix(named: name)
        guard !prefix.isEmpty, !prefix.contains(UInt8(ascii: "/")), UTF8Text.firstInvalidOffset(in: prefix) == nil
        else {
            return nil
        }
        return prefix
    }

    private func home(_ prefix: [UInt8], _ call: AdministrationCall, lane: Lanes.Ticket) {
        if let kept = keptAnswer(call) {
            leaveLane(lane)
            return send(kept, to: call)
        }
        let isKnown = rows[prefix].map { $0.state != .withdrawn } ?? false
        guard call.opCode == .homePrefix || isKnown else {
            leaveLane(lane)
            return send(.done, to: call)
        }
        let change: Command.Change =
            call.opCode == .homePrefix
            ? .setPrefix(PrefixTerms(prefix: prefix, state: .homed, revivesWithdrawn: true))
            : .removePrefix(prefix: prefix, evenWithIdentifiers: true)
        let origin = Audit(call, identity: call.identity, before: nil, after: nil).bytes
        let set = CommandSet(
            [.command(Command(change, unixSeconds: call.unixSeconds, origin: origin))],
            keeping: outcomeName(call, .done),
            unixSeconds: call.unixSeconds
        )
        let post = ports.post
        let isTaken = ports.changes.append(set) { result in post { $0.settleHoming(result, call, lane: lane) } }
        guard isTaken else {
            leaveLane(lane)
            figures.busyCount += 1
            return send(.refused(.serverBusy, "too many changes wait here; ask again later"), to: call)
        }
    }

    private func settleHoming(
        _ result: Result<CommandSetOutcome, ChangeLogError>,
        _ call: AdministrationCall,
        lane: Lanes.Ticket
    ) {
        leaveLane(lane)
        switch result {
        case .failure(let error): refuse(call, AdministrationRefusal(error))
        case .success(let set):
            let outcome = set.outcomes.first ?? .notApplied
            guard outcome.isDone else {
                return refuse(call, AdministrationRefusal(outcome, isNational: call.isNational))
            }
            figures.changeCount += 1
            reloadPrefixes { $0.send(.done, to: call) }
        }
    }

    /// Operation 1003.
    func backUp(_ call: AdministrationCall) {
        if let refusal = refusalOfServerOperation(call) { return send(refusal: refusal, to: call) }
        guard ports.checkpoint() else {
            return send(.refused(.error, "the store could not be brought to the disk"), to: call)
        }
        send(.done, to: call)
    }
}
