internal import Cryptography
internal import ResolutionProtocol

/// Second pass: write answers from what was found.
extension Responder {
    func answer(
        _ slot: inout RequestSlot,
        from records: borrowing RecordBatch,
        in block: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        let request = block.extracting(slot.offset..<(slot.offset &+ slot.byteCount))
        let step = slot.step
        slot.step = .done
        switch records.status(at: slot.keyIndex) {
        case .found:
            let record = records.record(at: slot.keyIndex)
            if step == .serviceReferral {
                writeReferral(&slot, .serviceReferral, from: record, request, at: time, into: &writer)
            } else {
                writeRecord(&slot, from: record, request, at: time, into: &writer)
            }
        case .absent:
            answerAbsence(&slot, step: step, request, at: time, into: &writer)
        case .damaged:
            refuse(&slot, .error, "the stored record is damaged", request, at: time, into: &writer)
        case .unavailable:
            refuse(&slot, .serverBusy, "the store cannot be read just now", request, at: time, into: &writer)
        }
    }

    @inline(never)
    private func answerAbsence(
        _ slot: inout RequestSlot,
        step: RequestSlot.Step,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        switch step {
        case .serviceReferral:
            refuse(&slot, .notResponsible, "another server is responsible", request, at: time, into: &writer)
        case .derivedPrefixRecord where canRefer(slot) || mayRecurse(slot):
            slot.step = .prefixReferral
        default:
            refuse(&slot, .identifierNotFound, "not found", request, at: time, into: &writer)
        }
    }

    /// Prefix referrals are understood from 2.10 on (wire.md §7).
    func canRefer(_ slot: RequestSlot) -> Bool {
        !slot.flags.contains(.doNotRefer) && slot.version >= ProtocolVersion(2, 10)
    }

    func refer(
        _ slot: inout RequestSlot,
        from records: borrowing RecordBatch,
        in block: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        let request = block.extracting(slot.offset..<(slot.offset &+ slot.byteCount))
        slot.step = .done
        switch records.status(at: slot.keyIndex) {
        case .found:
            let record = records.record(at: slot.keyIndex)
            writeReferral(&slot, .prefixReferral, from: record, request, at: time, into: &writer)
        case .absent:
            refuse(&slot, .identifierNotFound, "not found", request, at: time, into: &writer)
        case .damaged:
            refuse(&slot, .error, "the stored record is damaged", request, at: time, into: &writer)
        case .unavailable:
            refuse(&slot, .serverBusy, "the store cannot be read just now", request, at: time, into: &writer)
        }
    }

    /// Writes the values of `record` that are asked for.
    func writeRecord(
        _ slot: inout RequestSlot,
        from record: RawSpan,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        guard let view = try? StoredRecordView(record) else {
            refuse(&slot, .error, "the stored record is damaged", request, at: time, into: &writer)
            return
        }
        let bodyStart = Envelope.byteCount &+ Header.byteCount
        let body = request.extracting(bodyStart..<(bodyStart &+ slot.bodyByteCount))
        let selection = ValueSelection(of: slot.layout, in: body)
        let start = begin(&slot, .success, request, at: time, into: &writer)
        let identifierEnd = slot.layout.identifierOffset &+ slot.layout.identifierByteCount
        writer.lengthPrefixedSpan(body.extracting(slot.layout.identifierOffset..<identifierEnd))
        if view.areAllPublic, selection.isEverything, view.valueCount > 0 {
            writer.span(view.valueList)
            finish(&slot, from: start, request, at: time, into: &writer)
        } else {
            writeSelection(&slot, selection, of: view, start: start, request, at: time, into: &writer)
        }
    }

    private func writeSelection(
        _ slot: inout RequestSlot,
        _ selection: borrowing ValueSelection,
        of view: borrowing StoredRecordView,
        start: AnswerStart,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        guard view.valueCount &* slot.layout.typesByteCount <= settings.typeComparisonMax else {
            writer.truncate(to: start.offset)
            refuse(&slot, .protocolError, "too many types for so many values", request, at: time, into: &writer)
            return
        }
        let countOffset = writer.count
        writer.uint32(0)
        guard let outcome = try? selection.copy(from: view.values, count: view.valueCount, to: &writer) else {
            writer.truncate(to: start.offset)
            refuse(&slot, .error, "the stored record is damaged", request, at: time, into: &writer)
            return
        }
        if outcome.hiddenCount > 0, mayAskForMore(slot) {
            writer.truncate(to: start.offset)
            return leaveToAdministration(&slot)
        }
        guard outcome.writtenCount > 0 else {
            writer.truncate(to: start.offset)
            refuse(&slot, .valuesNotFound, "no such value that everyone may read", request, at: time, into: &writer)
            return
        }
        writer.overwriteUInt32(UInt32(truncatingIfNeeded: outcome.writtenCount), at: countOffset)
        finish(&slot, from: start, request, at: time, into: &writer)
    }

    /// Writes a referral with the site and service values of the prefix record `record`.
    @inline(never)
    private func writeReferral(
        _ slot: inout RequestSlot,
        _ code: ResponseCode,
        from record: RawSpan,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        guard let view = try? StoredRecordView(record), let values = try? view.decodedValues() else {
            refuse(&slot, .error, "the stored record is damaged", request, at: time, into: &writer)
            return
        }
        let routes = values.filter { $0.permissions.contains(.publicRead) && Self.isRoute($0.type, for: code) }
        let chosen = silentSites.isEmpty ? routes : silentSites.shortened(routes)
        guard !chosen.isEmpty else {
            let absence: ResponseCode = code == .serviceReferral ? .notResponsible : .identifierNotFound
            refuse(&slot, absence, "no route is known", request, at: time, into: &writer)
            return
        }
        let start = begin(&slot, code, request, at: time, into: &writer)
        Referral(identifier: [], values: chosen).write(to: &writer)
        finish(&slot, from: start, request, at: time, into: &writer)
    }

    /// Which values of a prefix record tell who serves its identifiers (302) or its derived prefixes (303).
    private static func isRoute(_ type: [UInt8], for code: ResponseCode) -> Bool {
        let routes =
            code == .serviceReferral
            ? [ValueType.site, ValueType.siteIPv6, ValueType.service]
            : [ValueType.sitePrefix, ValueType.prefixDelegate, ValueType.servicePrefix]
        return routes.contains(ASCIIFolding.uppercased(type))
    }

    @inline(never)
    func answerSiteInfo(
        _ slot: inout RequestSlot,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        let start = begin(&slot, .success, request, at: time, into: &writer)
        writer.bytes(siteRecord)
        finish(&slot, from: start, request, at: time, into: &writer)
    }
}
