import ResolutionProtocol

/// Reads `ask …` lines.
enum ScenarioQuestion {
    /// `ask [udp|tcp] IDENTIFIER|operation N|site [type T]… [index N]… [version M.m] [session N] [no-referral]
    /// [request-digest] [not-public-only]`
    static func step(_ words: inout ScenarioWords, line: Int) throws -> Scenario.Step {
        var first = try words.bytes("what to ask")
        let carrier = NodeAsker.Carrier(rawValue: String(decoding: first, as: UTF8.self))
        if carrier != nil { first = try words.bytes("what to ask") }
        var request = Message(
            envelope: Envelope(requestID: 0),
            header: Header(opCode: .resolution, flags: .requestDefault, expiration: 0),
            body: .bytes([])
        )
        var question: ResolutionRequest?
        switch String(decoding: first, as: UTF8.self) {
        case "operation": request.header.opCode = OpCode(rawValue: try words.number("an operation"))
        case "site": request.header.opCode = .getSiteInfo
        default: question = ResolutionRequest(identifier: first)
        }
        while !words.isEmpty { try readOption(&words, &request, &question) }
        if let question { request.body = .resolve(question) }
        return Scenario.Step(line: line, carrier: carrier, request: request)
    }

    private static func readOption(
        _ words: inout ScenarioWords,
        _ request: inout Message,
        _ question: inout ResolutionRequest?
    ) throws {
        switch try words.text("an option") {
        case "type": question?.types.append(WireText(try words.bytes("a type")))
        case "index": question?.indexes.append(try words.number("an index"))
        case "version":
            let parts = try words.text("a version").split(separator: ".").compactMap { UInt8($0) }
            guard parts.count == 2 else { throw NodeFailure("a version is two numbers") }
            request.envelope.version = ProtocolVersion(parts[0], parts[1])
            request.envelope.suggestedVersion = ProtocolVersion(parts[0] & 3, parts[1])
        case "session": request.envelope.sessionID = try words.number("a session")
        case "no-referral": request.header.flags.insert(.doNotRefer)
        case "request-digest": request.header.flags.insert(.requestDigest)
        case "not-public-only": request.header.flags.remove(.publicOnly)
        case let other: throw NodeFailure("unknown option \(other)")
        }
    }
}
