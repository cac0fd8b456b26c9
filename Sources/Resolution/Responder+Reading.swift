internal import ResolutionProtocol

/// First pass: read a request as far as it can be read, and refuse or queue it.
extension Responder {
    func read(
        slot index: Int,
        of batch: inout RequestBatch,
        in block: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        let slots = batch.slots
        let request = block.extracting(slots[index].offset..<(slots[index].offset &+ slots[index].byteCount))
        guard let body = readHead(of: &slots[index], request, at: time, into: &writer) else { return }
        dispatch(&slots[index], body: body, at: time, keys: &batch.keys, request: request, into: &writer)
    }

    /// Reads envelope and header; returns where the body lies in the request, or nil when the request is settled.
    private func readHead(
        of slot: inout RequestSlot,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) -> Range<Int>? {
        var reader = WireReader(request)
        guard let envelope = try? Envelope(anyLengthFrom: &reader) else {
            silence(&slot, .tooShort)
            return nil
        }
        slot.requestID = envelope.requestID
        slot.sessionID = envelope.sessionID
        let version = envelope.answerVersion
        slot.version = version.isKnown ? version : .newest
        if let text = refusal(of: envelope, remaining: reader.remaining) {
            refuse(&slot, .protocolError, text, request, at: time, into: &writer)
            return nil
        }
        if envelope.sessionID != 0 || envelope.flags.contains(.encrypted), isDeferred(envelope, slot, request) {
            leaveToAdministration(&slot)
            return nil
        }
        guard let header = try? Header(from: &reader) else {
            refuse(&slot, .protocolError, "message shorter than its header", request, at: time, into: &writer)
            return nil
        }
        return checkHeader(header, of: &slot, reader: reader, request, at: time, into: &writer)
    }

    private func refusal(of envelope: Envelope, remaining: Int) -> StaticString? {
        // The versions come first, so that they are still there where a datagram's size cuts the text.
        if !envelope.version.isKnown { return "2.1 to 2.11 are spoken here, not this protocol version" }
        if envelope.messageLength > UInt32(Envelope.messageLengthMax) { return "message longer than 262144 bytes" }
        if envelope.flags.contains(.compressed) { return "compressed messages are not defined" }
        if Int(envelope.messageLength) != remaining { return "message length differs from the bytes received" }
        let isSession = settings.hasAdministration && envelope.sessionID != 0
        return envelope.flags.contains(.encrypted) && !isSession ? "encrypted message without a session" : nil
    }

    private func checkHeader(
        _ header: Header,
        of slot: inout RequestSlot,
        reader: borrowing WireReader,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) -> Range<Int>? {
        slot.opCode = header.opCode
        slot.flags = header.flags
        slot.recursionCount = header.recursionCount
        slot.siteInfoSerial = header.siteInfoSerial
        let isWhole = header.bodyLength <= UInt32(reader.remaining)
        slot.bodyByteCount = isWhole ? Int(header.bodyLength) : 0
        // A digest of what did not come would be another request's.
        if !isWhole { slot.flags.remove(.requestDigest) }
        guard header.responseCode == .request else {
            if slot.isDatagram {
                silence(&slot, .isResponse)
            } else {
                refuse(&slot, .protocolError, "a response was sent to a server", request, at: time, into: &writer)
            }
            return nil
        }
        guard isWhole else {
            refuse(&slot, .protocolError, "body longer than the message", request, at: time, into: &writer)
            return nil
        }
        let body = reader.offset..<(reader.offset &+ slot.bodyByteCount)
        guard Self.isCredentialWhole(behind: body.upperBound, in: request) else {
            refuse(&slot, .protocolError, "credential length differs", request, at: time, into: &writer)
            return nil
        }
        return body
    }

    /// Whether what follows the body is a credential of the length it says, or none: under four bytes (wire.md §2).
    private static func isCredentialWhole(behind end: Int, in request: RawSpan) -> Bool {
        let rest = request.byteCount &- end
        guard rest >= 4 else { return true }
        return Int(request.unsafeLoadUnaligned(fromByteOffset: end, as: UInt32.self).bigEndian) == rest &- 4
    }

    /// What each operation does. Another operation is another branch here.
    private func dispatch(
        _ slot: inout RequestSlot,
        body: Range<Int>,
        at time: BatchTime,
        keys: inout KeyBatch,
        request: RawSpan,
        into writer: inout WireWriter
    ) {
        if slot.flags.contains(.certify), settings.hasAdministration, slot.opCode.isPublicQuestion {
            return leaveToAdministration(&slot)
        }
        switch slot.opCode {
        case .resolution:
            queueResolution(&slot, body: body, at: time, keys: &keys, request: request, into: &writer)
        case .getSiteInfo:
            answerSiteInfo(&slot, request, at: time, into: &writer)
        default:
            refuseOperation(&slot, request, at: time, into: &writer)
        }
    }

    @inline(never)
    private func refuseOperation(
        _ slot: inout RequestSlot,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        let isKnown = OpCode.all.contains(slot.opCode) || settings.hasAdministration && slot.opCode.isOurs
        if isKnown, slot.isDatagram, !slot.opCode.isCarriedByUDP, !settings.isAdministeredOverUDP {
            refuse(&slot, .protocolError, "operation not carried by UDP; use TCP", request, at: time, into: &writer)
        } else if settings.hasAdministration, isKnown {
            leaveToAdministration(&slot)
        } else if isKnown {
            refuse(
                &slot,
                .operationNotSupported,
                "operation not supported by this server",
                request,
                at: time,
                into: &writer
            )
        } else {
            refuse(&slot, .operationNotSupported, "unknown operation", request, at: time, into: &writer)
        }
    }

    private func queueResolution(
        _ slot: inout RequestSlot,
        body: Range<Int>,
        at time: BatchTime,
        keys: inout KeyBatch,
        request: RawSpan,
        into writer: inout WireWriter
    ) {
        let bodySpan = request.extracting(body)
        guard let layout = try? ResolutionRequestLayout(of: bodySpan) else {
            refuse(&slot, .protocolError, "unreadable resolution request", request, at: time, into: &writer)
            return
        }
        slot.layout = layout
        guard layout.indexCount &+ layout.typeCount <= settings.selectionCountMax else {
            refuse(&slot, .protocolError, "too many indexes and types", request, at: time, into: &writer)
            return
        }
        slot.isQuery = true
        let end = layout.identifierOffset &+ layout.identifierByteCount
        let identifier = bodySpan.extracting(layout.identifierOffset..<end)
        guard IdentifierGrammar.isResolvable(identifier) else {
            refuse(
                &slot,
                .invalidIdentifier,
                "identifier must have 1 to 2048 bytes and a prefix",
                request,
                at: time,
                into: &writer
            )
            return
        }
        let prefixByteCount = keys.append(identifier, folding: settings.folding)
        let keyIndex = keys.count &- 1
        slot.keyIndex = keyIndex
        decide(
            &slot,
            identifier: identifier,
            prefixByteCount: prefixByteCount,
            keys: &keys,
            request,
            at: time,
            into: &writer
        )
    }

    /// Ours, another node's, or nobody's that we know.
    private func decide(
        _ slot: inout RequestSlot,
        identifier: RawSpan,
        prefixByteCount: Int,
        keys: inout KeyBatch,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        slot.step = step(&slot, key: keys.key(at: slot.keyIndex), prefixByteCount: prefixByteCount)
        if slot.step == .done {
            keys.removeLast()
            if mayRecurse(slot), !isAboutThisNode(identifier) {
                return recurse(&slot, identifier: identifier, keys: &keys, request, at: time, into: &writer)
            }
            refuse(
                &slot,
                .notResponsible,
                "not responsible for this prefix",
                request,
                at: time,
                into: &writer
            )
        } else if slot.step == .unavailable {
            keys.removeLast()
            slot.step = .done
            refuse(&slot, .operationNotSupported, Self.unavailableText, request, at: time, into: &writer)
        } else if settings.site.servers.count > 1, !isOwnServer(of: identifier) {
            keys.removeLast()
            slot.step = .done
            refuseServer(&slot, request, at: time, into: &writer)
        } else if slot.step == .serviceReferral {
            keys.removeLast()
            if mayRecurse(slot) {
                recurse(&slot, identifier: identifier, keys: &keys, request, at: time, into: &writer)
            } else if slot.flags.contains(.doNotRefer) {
                slot.step = .done
                refuse(&slot, .notResponsible, "another server is responsible", request, at: time, into: &writer)
            } else {
                keys.append(recordOfPrefix: foldedPrefix(of: identifier, byteCount: prefixByteCount).span.bytes)
            }
        }
    }

    private static let unavailableText: StaticString = "the prefix is known here, but not in use (前缀未启用)"

    private func step(_ slot: inout RequestSlot, key: RawSpan, prefixByteCount: Int) -> RequestSlot.Step {
        let prefix = key.extracting(0..<prefixByteCount)
        if let entry = authority.entry(of: prefix) {
            slot.prefixNumber = entry.number
            guard entry.isEnabled else { return .unavailable }
            return entry.state == .homed ? .record : .serviceReferral
        }
        guard Self.isPrefixRecord(prefix), key.byteCount > 5 else { return .done }
        let target = key.extracting(5..<key.byteCount)
        if let entry = authority.entry(of: target) {
            slot.prefixNumber = entry.number
            return .record
        }
        guard let ancestor = authority.nearestAncestor(of: target) else { return .done }
        slot.prefixNumber = ancestor.number
        return .derivedPrefixRecord
    }

    /// Whether `prefix`, folded, is `0.NA`.
    private static func isPrefixRecord(_ prefix: RawSpan) -> Bool {
        prefix.byteCount == 4 && prefix.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt32.self).bigEndian == 0x302E_4E41
    }

    /// The prefix of a delegated identifier in upper case: rare, so it may be copied.
    @inline(never)
    private func foldedPrefix(of identifier: RawSpan, byteCount: Int) -> [UInt8] {
        ASCIIFolding.uppercased([UInt8](identifier.extracting(0..<byteCount)))
    }

    @inline(never)
    private func isOwnServer(of identifier: RawSpan) -> Bool {
        let index = try? ServerSelection.serverIndex(
            of: [UInt8](identifier),
            option: settings.site.hashOption,
            serverCount: settings.site.servers.count
        )
        return index == settings.ownServerIndex
    }

    /// Another server of the site is responsible: the asker's site record is old, or it chose wrongly.
    @inline(never)
    private func refuseServer(
        _ slot: inout RequestSlot,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        let isOld = slot.siteInfoSerial != Header.unknownSerial && slot.siteInfoSerial < responseSerial
        if isOld {
            refuse(&slot, .siteInfoOutOfDate, "site information is out of date", request, at: time, into: &writer)
        } else {
            refuse(
                &slot,
                .notResponsible,
                "another server of this site is responsible",
                request,
                at: time,
                into: &writer
            )
        }
    }
}
