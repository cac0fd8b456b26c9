internal import Cryptography
internal import ResolutionProtocol

/// Recognising a request that was carried out before: its asker did not get the answer, and gets it now.
extension Administration {
    /// Under what the outcome of `call` is kept; nil for who cannot be told from others.
    func outcomeName(_ call: AdministrationCall, _ success: AdministrationResponse) -> OutcomeName? {
        guard let request = requestName(call), let owner = call.identity?.ownerName else { return nil }
        return OutcomeName(
            request: request,
            firstRow: 0,
            owner: owner,
            keepSeconds: settings.repeatSeconds,
            note: KeptAnswer(success).bytes
        )
    }

    /// What the same request has in common with its repetition: RequestId, operation and content.
    private func requestName(_ call: AdministrationCall) -> [UInt8]? {
        var writer = WireWriter(capacity: call.content.count + 8, byteCountMax: 2 * Envelope.messageLengthMax)
        writer.uint32(call.envelope.requestID)
        writer.bytes(call.content)
        return (try? Digest.sha256.digest(of: writer.bytes)).map { Array($0.prefix(16)) }
    }

    /// What the identity of `call` was answered before to the same request; nil: it is new.
    func keptAnswer(_ call: AdministrationCall) -> AdministrationResponse? {
        guard let request = requestName(call), let owner = call.identity?.ownerName else { return nil }
        guard let kept = try? ports.changes.keptOutcomes(of: request, row: 0, unixSeconds: call.unixSeconds),
            kept.name.owner == owner, kept.outcomes.allSatisfy(\.isDone)
        else { return nil }
        figures.repeatCount += 1
        return KeptAnswer(kept.name.note)?.response
    }

    /// Whether somebody made the same request before: then its asker is to say who it is, instead of being told what
    /// its own first attempt has brought about.
    func mayBeRepetition(_ call: AdministrationCall) -> Bool {
        guard call.identity == nil, let request = requestName(call) else { return false }
        return (try? ports.changes.keptOutcomes(of: request, row: 0, unixSeconds: call.unixSeconds)) != nil
    }
}

extension Identity {
    /// Sixteen octets that stand for it where outcomes are kept.
    var ownerName: [UInt8]? {
        var writer = WireWriter(capacity: key.count + 8)
        writer.uint32(reference.index)
        writer.bytes(key)
        return (try? Digest.sha256.digest(of: writer.bytes)).map { Array($0.prefix(16)) }
    }
}

/// An answer as it is kept: code, flags and body.
struct KeptAnswer {
    let response: AdministrationResponse

    init(_ response: AdministrationResponse) { self.response = response }

    init?(_ bytes: [UInt8]) {
        var reader = WireReader(bytes.span.bytes)
        guard let code = try? reader.uint32(), let flags = try? reader.uint32(),
            let body = try? reader.bytes(byteCount: reader.remaining)
        else { return nil }
        response = AdministrationResponse(
            code: ResponseCode(rawValue: code),
            body: body,
            flags: OpFlags(rawValue: flags)
        )
    }

    var bytes: [UInt8] {
        var writer = WireWriter(capacity: response.body.count + 8)
        writer.uint32(response.code.rawValue)
        writer.uint32(response.flags.rawValue)
        writer.bytes(response.body)
        return [UInt8](writer.bytes)
    }
}
