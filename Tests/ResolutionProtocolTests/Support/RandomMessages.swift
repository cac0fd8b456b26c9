import ResolutionProtocol

/// A whole message of each kind that has a layout.
extension SeededRandom {
    /// How many kinds `message(kind:)` knows.
    static let messageKindCount = 22

    /// A message of `kind`, 0..<`messageKindCount`; its lengths are set.
    mutating func message(kind: Int) -> Message {
        let (opCode, code, body) = content(kind: kind)
        var message = Message(envelope: envelope(), header: header(), body: body)
        message.envelope.version = ProtocolVersion(2, UInt8(5 + below(7)))
        message.header.opCode = opCode
        message.header.responseCode = code
        message.header.flags.remove(.requestDigest)
        if code != .request, code != .authenticationNeeded, bool() {
            message.header.flags.insert(.requestDigest)
            message.requestDigest = requestDigest()
        }
        if bool() { message.credential = credential() }
        return message.withLengths
    }

    private mutating func content(kind: Int) -> (OpCode, ResponseCode, MessageBody) {
        switch kind {
        case 0: return (.resolution, .request, .resolve(resolutionRequest()))
        case 1: return (.retrieveTransactions, .request, .bytes(someBytes(upTo: 30)))
        case 2: return (.resolution, .success, .resolved(resolutionAnswer()))
        case 3: return (.getSiteInfo, .success, .siteInfo(siteInfo()))
        case 4: return (.createIdentifier, .success, .created(bool() ? WireText(someBytes()) : nil))
        case 5: return (.listIdentifiers, .success, .names(list { WireText($0.someBytes()) }))
        case 6: return (.verifyChallenge, .success, .verified(bool()))
        case 7:
            let answer = SessionSetupAnswer(mode: number(), data: someBytes(upTo: 30))
            return (.sessionSetup, .success, .sessionSetUp(answer))
        case 8:
            let indexes: [UInt32]? = bool() ? list { $0.number() } : nil
            return (.resolution, .identifierNotFound, .error(ErrorBody(message: someBytes(), indexes: indexes)))
        case 9: return (.resolution, .prefixReferral, .referral(referral()))
        case 10: return (.createIdentifier, .serviceReferral, .referral(referral()))
        case 11:
            let challenge = Challenge(nonce: bytes(16), requestDigest: requestDigest())
            return (.addValue, .authenticationNeeded, .challenge(challenge))
        case 12: return (.deleteIdentifier, .success, .bytes([]))
        default: return requestContent(kind: kind)
        }
    }

    private mutating func requestContent(kind: Int) -> (OpCode, ResponseCode, MessageBody) {
        switch kind {
        case 13: return (.nextTransactionID, .success, .transactionNumber(number()))
        case 14:
            let opCodes: [OpCode] = [
                .getSiteInfo, .deleteIdentifier, .listIdentifiers, .listDerivedPrefixes, .homePrefix, .unhomePrefix,
                .listHomedPrefixes, .sessionTerminate, .nextTransactionID, .backupServer,
            ]
            return (opCodes[below(opCodes.count)], .request, .name(NameRequest(name: someBytes())))
        case 15:
            let opCodes: [OpCode] = [.createIdentifier, .addValue, .modifyValue]
            return (opCodes[below(opCodes.count)], .request, .values(valuesRequest()))
        case 16: return (.removeValue, .request, .indexes(indexesRequest()))
        case 17: return (.challengeResponse, .request, .challengeAnswer(challengeAnswer()))
        case 18: return (.verifyChallenge, .request, .verifyChallenge(challengeVerification()))
        case 19: return (.sessionSetup, .request, .setUpSession(sessionSetupRequest()))
        case 20:
            let request = KeyExchangeRequest(encryptedKey: someBytes(upTo: 40))
            return (.sessionExchangeKey, .request, .exchangeKey(request))
        default: return (.login, .request, .login(LoginRequest(user: reference())))
        }
    }

    mutating func resolutionAnswer() -> ResolutionAnswer {
        ResolutionAnswer(identifier: someBytes(), values: list { $0.handleValue() })
    }

    mutating func referral() -> Referral {
        Referral(identifier: someBytes(), values: bool() ? list { $0.handleValue() } : nil)
    }
}

extension Message {
    /// The same with the lengths that writing gives it.
    var withLengths: Message {
        var message = self
        let wire = message.wire
        message.envelope.messageLength = UInt32(wire.count - Envelope.byteCount)
        message.header.bodyLength = wire.bigEndianUInt32(at: Envelope.byteCount + 20)
        return message
    }
}

extension [UInt8] {
    /// The four octets at `offset` as a number.
    func bigEndianUInt32(at offset: Int) -> UInt32 {
        self[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The same with `value` in the four octets at `offset`.
    func settingBigEndianUInt32(_ value: UInt32, at offset: Int) -> [UInt8] {
        var bytes = self
        for place in 0..<4 { bytes[offset + place] = UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * place)) }
        return bytes
    }
}
