internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

/// Whether an answer may be believed to be that of a request (wire.md §§4, 4.2, 8).
struct AnswerCheck: Sendable {
    private let opCode: OpCode
    private let requestID: UInt32
    /// What was asked for; nil where the operation names no identifier.
    private let identifier: [UInt8]?
    /// Header and body as sent, where their digest was asked for.
    private let digested: [UInt8]?
    /// The key by which it must be signed; nil: it need not be.
    private let signer: PublicKey?

    /// The check for `request`, sent as `wire`; where there is a `signer`, only what it has signed will do.
    init(request: Message, wire: [UInt8], signer: PublicKey? = nil) {
        self.signer = signer
        opCode = request.header.opCode
        requestID = request.envelope.requestID
        if case .resolve(let question) = request.body { identifier = question.identifier } else { identifier = nil }
        digested = request.header.flags.contains(.requestDigest) ? Self.digested(wire) : nil
    }

    /// Reads an answer and judges it.
    func answer(_ wire: [UInt8], nowSeconds: UInt32) throws(AskFailure) -> Message {
        let envelope = try Self.envelope(of: wire)
        guard envelope.requestID == requestID else { throw .wrongRequestID(envelope.requestID) }
        guard envelope.flags.isDisjoint(with: [.encrypted, .compressed]) else { throw .notPlain }
        let message: Message
        do { message = try Message(wire: wire) } catch { throw .malformed(error) }
        try judge(message, nowSeconds: nowSeconds)
        try requireSignature(of: wire)
        return message
    }

    private func requireSignature(of wire: [UInt8]) throws(AskFailure) {
        guard let signer else { return }
        guard let covered = try? CoveredMessage(wire: wire),
            (try? MessageSignature.isValid(of: covered, key: signer)) == true
        else { throw .unproven }
    }

    static func envelope(of wire: [UInt8]) throws(AskFailure) -> Envelope {
        do {
            var reader = WireReader(wire.span.bytes)
            return try Envelope(from: &reader)
        } catch {
            throw .malformed(error)
        }
    }

    /// Judges an answer that has been read, but for its RequestId.
    func judge(_ answer: Message, nowSeconds: UInt32) throws(AskFailure) {
        guard answer.header.responseCode != .request else { throw .notAnAnswer }
        guard answer.header.opCode == opCode else { throw .wrongOperation(answer.header.opCode) }
        // Both are 32 bits that wrap; their difference is right before and after 2038.
        let lifetime = Int32(bitPattern: answer.header.expiration &- nowSeconds)
        guard lifetime >= 0 else { throw .expired(secondsAgo: -Int(lifetime)) }
        if let digested { try compareDigest(of: answer, with: digested) }
        if let identifier, case .resolved(let resolved) = answer.body {
            guard Self.areEqual(identifier, resolved.identifier) else { throw .wrongIdentifier }
        }
    }

    private func compareDigest(of answer: Message, with digested: [UInt8]) throws(AskFailure) {
        var stated = answer.requestDigest
        if case .challenge(let challenge) = answer.body { stated = challenge.requestDigest }
        guard let stated else { throw .digestMissing }
        // Before 2.1 the digest does not say which it is; its length does.
        let digest = [Digest.md5, .sha1, .sha256].first { $0.byteCount == stated.bytes.count }
        guard let digest, let expected = try? digest.digest(of: digested), expected == stated.bytes else {
            throw .digestWrong
        }
    }

    /// The header and the body, by the length that the header states.
    private static func digested(_ wire: [UInt8]) -> [UInt8]? {
        var reader = WireReader(wire.span.bytes)
        guard (try? reader.skip(Envelope.byteCount)) != nil, let header = try? Header(from: &reader) else { return nil }
        let end = Envelope.byteCount + Header.byteCount + Int(header.bodyLength)
        return end <= wire.count ? Array(wire[Envelope.byteCount..<end]) : nil
    }

    /// Equal but for ASCII case; a bare prefix and its record `0.NA/prefix` are one (data-model.md §1).
    private static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        ASCIIFolding.areEqual(withoutRecordHead(a), withoutRecordHead(b))
    }

    private static func withoutRecordHead(_ name: [UInt8]) -> ArraySlice<UInt8> {
        let head = IdentifierGrammar.prefixRecordHead
        return ASCIIFolding.areEqual(name.prefix(head.count), head[...]) ? name.dropFirst(head.count) : name[...]
    }
}
