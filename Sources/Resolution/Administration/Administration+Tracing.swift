internal import ResolutionProtocol

/// Operation 9002: references followed from identifier to identifier (docs/trace.md, docs/protocol-extensions.md).
///
/// A trace goes on in slices, so that no other request waits long for it: some identifiers are read, then others have
/// their turn. What other nodes keep is asked for by recursion meanwhile. A level is sent when it is known, and the
/// next is begun when that is on its way.
extension Administration {
    func trace(_ call: AdministrationCall) {
        guard settings.trace.isOn else {
            return send(.refused(.operationNotSupported, "references are not followed here"), to: call)
        }
        guard !call.peer.isDatagram else {
            return send(.refused(.protocolError, "traces are not carried by UDP; use TCP"), to: call)
        }
        guard let request = call.read(TraceRequest.self), request.types.count <= TraceRequest.typeCountMax,
            IdentifierGrammar.isResolvable(request.identifier.span.bytes)
        else { return refuseUnreadable(call) }
        guard request.direction == .forward || keepsReferences else {
            return send(.refused(.operationNotSupported, "references are not followed backwards here"), to: call)
        }
        guard call.flags.contains(.publicOnly) || identify(call) != nil else { return }
        begin(request, call)
    }

    private func begin(_ request: TraceRequest, _ call: AdministrationCall) {
        let limits = request.limits(within: settings.trace)
        let network = call.peer.source.network
        figures.traceCount += 1
        guard traces.hasRoom(for: network, byteCount: limits.byteCountMax) else {
            figures.refusedTraceCount += 1
            return send(.refused(.serverBusy, "too many traces are under way; ask again later"), to: call)
        }
        let isOperators = call.identity?.isNodeOperator == true
        let rule = ReferenceRule(types: request.types.map(\.bytes))
        let number = traces.add(
            OpenTrace(
                call: call,
                network: network,
                reservedByteCount: limits.byteCountMax,
                direction: request.direction,
                showsValues: !request.flags.contains(.withoutValues),
                asksElsewhere: isOperators || ports.elsewhere?.isAllowed(call.peer.source) == true,
                trace: Trace(request.identifier, limits: limits, rule: rule),
                lastSeconds: now.seconds
            )
        )
        goOn(number)
    }

    /// Reads some more names of the level, and ends it where all are known.
    private func goOn(_ number: UInt64) {
        guard let open = traces[number] else { return }
        let end = min(open.readCount + settings.trace.sliceCount, open.trace.names.count)
        for place in open.readCount..<end { look(for: open.trace.names[place], at: place, number, open) }
        _ = traces.update(number) {
            $0.readCount = end
            $0.lastSeconds = now.seconds
        }
        askElsewhere(number)
        guard end < open.trace.names.count else { return finishLevel(number) }
        ports.post { $0.goOn(number) }
    }

    private func look(for name: [UInt8], at place: Int, _ number: UInt64, _ open: OpenTrace) {
        guard traces.mayLook(for: open.network, now: now.nanoseconds) else {
            figures.limitedTracedCount += 1
            return take(.none(.beyondCount, .serverBusy), at: place, number)
        }
        figures.tracedCount += 1
        guard open.direction == .forward else { return take(referrers(of: name, open), at: place, number) }
        switch responsibility(for: name) {
        case .ours(let row) where row.status == .enabled: take(reading(name, open.call), at: place, number)
        case .ours: take(TraceFinding(refusal: .operationNotSupported), at: place, number)
        case .notOurs, .otherServer:
            guard open.asksElsewhere, ports.elsewhere != nil else {
                return take(.none(.elsewhere, .notResponsible), at: place, number)
            }
            _ = traces.update(number) { $0.elsewhere.append(OpenTrace.Elsewhere(place: place, identifier: name)) }
        }
    }

    /// What is found of a name that is kept here, as far as the asker may read it.
    func reading(_ name: [UInt8], _ call: AdministrationCall) -> TraceFinding {
        switch records.read(name) {
        case .absent: return TraceFinding(refusal: .identifierNotFound)
        case .unreadable: return TraceFinding(refusal: .error)
        case .found(let record):
            let shown = readable(record, by: call.reader)
            return shown.isEmpty && !record.values.isEmpty
                ? TraceFinding(refusal: call.identity == nil ? .authenticationNeeded : .insufficientPermission)
                : .found(shown)
        }
    }

    /// The values of `record` that `identity` may read: those that everyone may, and those for administrators where it
    /// is one.
    func readable(_ record: AdministeredRecord, by identity: Identity?) -> [HandleValue] {
        guard record.values.contains(where: { !$0.isEveryones }), let identity,
            has(identity, .readValue, by: record.values)
        else { return record.values.filter(\.isEveryones) }
        return record.values.filter {
            !$0.isOfType(ValueType.secretKey) && ($0.permissions.contains(.adminRead) || $0.isEveryones)
        }
    }

    private func take(_ finding: TraceFinding, at place: Int, _ number: UInt64) {
        _ = traces.update(number) { $0.trace.take(finding, at: place) }
    }

    /// Has other nodes asked for what they keep, as many identifiers at a time as one trace may.
    private func askElsewhere(_ number: UInt64) {
        let most = settings.trace.elsewhereCountMax
        guard let elsewhere = ports.elsewhere, let open = traces[number] else { return }
        let next = open.elsewhere.prefix(max(0, most - open.askedElsewhereCount))
        guard !next.isEmpty else { return }
        _ = traces.update(number) {
            $0.elsewhere.removeFirst(next.count)
            $0.askedElsewhereCount += next.count
        }
        figures.tracedElsewhereCount += UInt64(next.count)
        let post = ports.post
        for goal in next {
            elsewhere.ask(goal.identifier, recursionCount: open.call.header.recursionCount) { record in
                post { $0.takeRemote(record, at: goal.place, number) }
            }
        }
    }

    private func takeRemote(_ record: RemoteRecord, at place: Int, _ number: UInt64) {
        switch record {
        case .found(let values, let isStale): take(.found(values, isStale: isStale), at: place, number)
        case .refused(let code): take(TraceFinding(refusal: code), at: place, number)
        }
        _ = traces.update(number) {
            $0.askedElsewhereCount -= 1
            $0.lastSeconds = now.seconds
        }
        askElsewhere(number)
        finishLevel(number)
    }

    /// Ends the level where all of its names are known, and sends it.
    private func finishLevel(_ number: UInt64) {
        guard let open = traces[number], open.isLevelDone, open.unsent.isEmpty else { return }
        _ = traces.update(number) {
            $0.unsent = $0.trace.finishLevel()
            $0.readCount = 0
        }
        sendNext(number)
    }

    /// Sends a message of what is known; what follows comes when that is on its way.
    private func sendNext(_ number: UInt64) {
        guard let call = traces[number]?.call, let answer = traces.update(number, { $0.takeMessage() }),
            let open = traces[number]
        else { return }
        var response = AdministrationResponse(code: .success, body: answer.wire)
        response.isConfidential = call.identity != nil
        guard !open.unsent.isEmpty || !open.trace.isOver else {
            traces.remove(number)
            return send(response, to: call)
        }
        response.flags = .continued
        let post = ports.post
        send(response, to: call) {
            post { $0.continueTrace(number) }
        }
    }

    private func continueTrace(_ number: UInt64) {
        guard let open = traces[number] else { return }
        open.unsent.isEmpty ? goOn(number) : sendNext(number)
    }
}

extension TraceRequest {
    /// How far it goes, within what the node allows.
    fileprivate func limits(within settings: TraceSettings) -> TraceLimits {
        func bounded(_ wanted: UInt32, _ most: Int) -> Int { wanted == 0 ? most : min(Int(clamping: wanted), most) }
        return TraceLimits(
            depthMax: Int(depth),
            identifierCountMax: bounded(identifierCountMax, settings.identifierCountMax),
            byteCountMax: bounded(byteCountMax, settings.byteCountMax)
        )
    }
}
