internal import ResolutionProtocol

/// Resolutions that need more than a look-up: in sessions, signed, or of what not everyone may read (operations.md §3).
extension Administration {
    func resolve(_ call: AdministrationCall) {
        guard !call.flags.contains(.publicOnly), let request = try? ResolutionRequest(body: call.body) else {
            return resolvePublicly(call)
        }
        guard case .ours(let row) = responsibility(for: request.identifier), row.status == .enabled,
            case .found(let record) = records.read(request.identifier),
            isWithinBounds(request, of: record)
        else { return resolvePublicly(call) }
        let selected = record.values.filter { request.selects($0) }
        guard selected.contains(where: { !$0.isEveryones }) else { return resolvePublicly(call) }
        answer(selected, of: record, request, row, call)
    }

    /// Whether the work of selecting is what the query path takes on too; it refuses what is not (reliability case
    /// P13).
    private func isWithinBounds(_ request: ResolutionRequest, of record: AdministeredRecord) -> Bool {
        guard request.indexes.count + request.types.count <= responder.settings.selectionCountMax else { return false }
        let typesByteCount = request.types.reduce(0) { $0 + $1.bytes.count }
        return record.values.count * typesByteCount <= responder.settings.typeComparisonMax
    }

    private func answer(
        _ selected: [HandleValue],
        of record: AdministeredRecord,
        _ request: ResolutionRequest,
        _ row: PrefixRow,
        _ call: AdministrationCall
    ) {
        let readable = selected.filter { !$0.isOfType(ValueType.secretKey) }
        let isHopeless = !readable.contains { $0.permissions.contains(.adminRead) || $0.isEveryones }
        guard !isHopeless else {
            count(row, isFound: false, call)
            return send(.refused(.insufficientPermission, "nobody may read these values"), to: call)
        }
        guard let identity = identify(call) else { return }
        guard has(identity, .readValue, by: record.values) else {
            count(row, isFound: false, call)
            return refuse(call, .notAdministrator)
        }
        let shown = readable.filter { $0.permissions.contains(.adminRead) || $0.isEveryones }
        count(row, isFound: true, call)
        let body = ResolutionAnswer(identifier: request.identifier, values: shown).wire
        send(AdministrationResponse(code: .success, body: body, isConfidential: true), to: call)
    }

    /// What everyone would be answered, which this asker wants signed, or in its session.
    private func resolvePublicly(_ call: AdministrationCall) {
        batch.removeAll()
        writer.removeAll()
        let bytes = plainRequest(of: call)
        batch.append(
            offset: 0,
            byteCount: bytes.count,
            origin: call.peer.origin,
            isDatagram: false,
            source: call.peer.source,
            port: call.peer.port
        )
        responder.respond(to: &batch, in: bytes.span.bytes, at: call.request.received, into: &writer)
        guard batch.slots[0].recipient != .recursion else { return askOthers(batch.slots[0], bytes, call) }
        batch.slots[0].isDatagram = call.peer.isDatagram
        batch.slots[0].isRepeated = call.peer.isRepeated
        responder.count(batch, started: call.request.received, ended: now)
        let slot = batch.slots[0]
        send(AdministrationResponse(code: slot.responseCode, body: writtenBody(of: slot)), to: call)
    }

    /// The body of the answer that the responder has written for `slot`.
    private func writtenBody(of slot: RequestSlot) -> [UInt8] {
        let answer = UnsafeRawBufferPointer(start: writer.address(of: slot.answerOffset), count: slot.answerByteCount)
        return Array(answer.dropFirst(Envelope.byteCount + Header.byteCount).dropLast(4))
    }

    /// Has other nodes asked for what they keep. What this asker wants signed must be signed by its owner, too
    /// (docs/recursion.md).
    private func askOthers(_ slot: RequestSlot, _ request: [UInt8], _ call: AdministrationCall) {
        var slot = slot
        slot.flags.formUnion(call.flags.intersection(.certify))
        guard let answers = ports.answers, let question = RecursionQuestion(of: slot, in: request.span.bytes) else {
            return send(.refused(.error, "other nodes cannot be asked just now"), to: call)
        }
        figures.recursedCount += 1
        let (waiting, post) = (slot, ports.post)
        answers.answer(question) { outcome in
            post { $0.answer(waiting, request, with: outcome, call) }
        }
    }

    private func answer(
        _ waiting: RequestSlot,
        _ request: [UInt8],
        with outcome: RecursionOutcome,
        _ call: AdministrationCall
    ) {
        var slot = waiting
        writer.removeAll()
        responder.answer(&slot, with: outcome, in: request.span.bytes, at: now, into: &writer)
        let body = writtenBody(of: slot)
        slot.isDatagram = call.peer.isDatagram
        slot.isRepeated = call.peer.isRepeated
        responder.countLate(slot, started: call.request.received, ended: now)
        send(AdministrationResponse(code: slot.responseCode, body: body, isOthers: true), to: call)
    }

    /// The request without session, digest and signature, as the responder is to answer it.
    private func plainRequest(of call: AdministrationCall) -> [UInt8] {
        var header = call.header
        header.flags.remove([.requestDigest, .certify])
        if ports.answers?.isAllowed(call.peer.source) != true { header.flags.remove(.recursive) }
        var writer = WireWriter(capacity: call.content.count + 64, byteCountMax: 2 * Envelope.messageLengthMax)
        Envelope(
            version: call.version,
            requestID: call.answerRequestID,
            messageLength: UInt32(truncatingIfNeeded: call.content.count)
        ).write(to: &writer)
        header.write(to: &writer)
        writer.bytes(Array(call.body))
        return [UInt8](writer.bytes)
    }

    /// Counts a resolution that was answered here.
    private func count(_ row: PrefixRow, isFound: Bool, _ call: AdministrationCall) {
        var slot = RequestSlot(
            offset: 0,
            byteCount: 0,
            origin: call.peer.origin,
            isDatagram: call.peer.isDatagram,
            source: call.peer.source,
            port: call.peer.port
        )
        slot.isQuery = true
        slot.isRepeated = call.peer.isRepeated
        slot.prefixNumber = row.number
        slot.responseCode = isFound ? .success : .notAdministrator
        batch.removeAll()
        batch.append(slot)
        responder.count(batch, started: call.request.received, ended: now)
    }
}

extension ResolutionRequest {
    /// Reads the body of a request; what the national SDK puts behind it is ignored.
    fileprivate init(body: ArraySlice<UInt8>) throws(WireError) {
        let bytes = Array(body)
        var reader = WireReader(bytes.span.bytes)
        try self.init(from: &reader)
    }

    /// Whether it asks for `value`: by index or by type, or for all.
    fileprivate func selects(_ value: HandleValue) -> Bool {
        if indexes.isEmpty, types.isEmpty { return true }
        return indexes.contains(value.index)
            || types.contains { ValueType.selects($0.bytes.span.bytes, value.type.span.bytes) }
    }
}
