import ResolutionProtocol

/// A claim about an answer: the rest of an `expect …` line.
enum ScenarioClaim: Hashable, Sendable {
    case code(UInt32)
    /// Exactly these indexes, in this order.
    case values([UInt32])
    case value(index: UInt32, type: [UInt8], data: [UInt8])
    case identifier([UInt8])
    /// An error's text contains this.
    case text([UInt8])
    case operation(UInt32)
    case session(UInt32)
    case version(ProtocolVersion)
    /// A referral with exactly these indexes.
    case referral([UInt32])
    /// The site record's serial number.
    case siteSerial(UInt32)
    /// The site's interfaces, in order: `tcp`, `udp`.
    case interfaces([String])
    case requestDigest

    init(_ words: inout ScenarioWords) throws {
        switch try words.text("a claim") {
        case "code": self = .code(try words.number("a code"))
        case "values": self = .values(try words.numbers("an index"))
        case "value":
            self = .value(
                index: try words.number("an index"),
                type: try words.bytes("a type"),
                data: try words.bytes("data")
            )
        case "identifier": self = .identifier(try words.bytes("an identifier"))
        case "text": self = .text(try words.bytes("a text"))
        case "operation": self = .operation(try words.number("an operation"))
        case "session": self = .session(try words.number("a session"))
        case "version":
            let parts = try words.text("a version").split(separator: ".").compactMap { UInt8($0) }
            guard parts.count == 2 else { throw NodeFailure("a version is two numbers") }
            self = .version(ProtocolVersion(parts[0], parts[1]))
        case "referral": self = .referral(try words.numbers("an index"))
        case "site-serial": self = .siteSerial(try words.number("a serial number"))
        case "interfaces":
            var names: [String] = []
            while !words.isEmpty { names.append(try words.text("a transport")) }
            self = .interfaces(names)
        case "request-digest": self = .requestDigest
        case let other: throw NodeFailure("unknown claim \(other)")
        }
    }

    /// What is wrong with `answer`; nil: the claim holds.
    func objection(to answer: Message) -> String? {
        switch self {
        case .code(let code): differs(code, answer.header.responseCode.rawValue, "code")
        case .operation(let code): differs(code, answer.header.opCode.rawValue, "operation")
        case .session(let session): differs(session, answer.envelope.sessionID, "session")
        case .version(let version): differs(version, answer.envelope.version, "version")
        case .requestDigest: answer.requestDigest == nil ? "no digest of the request" : nil
        default: objection(to: answer.body)
        }
    }

    private func objection(to body: MessageBody) -> String? {
        switch (self, body) {
        case (.values(let indexes), .resolved(let answer)): differs(indexes, answer.values.map(\.index), "values")
        case (.identifier(let name), .resolved(let answer)): differs(name, answer.identifier, "identifier")
        case (.value(let index, let type, let data), .resolved(let answer)):
            answer.values.contains { $0.index == index && $0.type == type && $0.data == data }
                ? nil : "no such value among \(answer.values)"
        case (.text(let text), .error(let error)):
            error.message.contains(text) ? nil : "the text is “\(String(decoding: error.message, as: UTF8.self))”"
        case (.referral(let indexes), .referral(let referral)):
            differs(indexes, referral.values?.map(\.index) ?? [], "referral")
        case (.siteSerial(let serial), .siteInfo(let site)): differs(serial, UInt32(site.serialNumber), "serial")
        case (.interfaces(let names), .siteInfo(let site)):
            differs(
                names,
                site.servers.flatMap(\.interfaces).map { $0.transport == .tcp ? "tcp" : "udp" },
                "interfaces"
            )
        default: "the answer is of another kind: \(body)"
        }
    }

    private func differs<Value: Equatable>(_ expected: Value, _ actual: Value, _ what: String) -> String? {
        expected == actual ? nil : "\(what): \(actual) instead of \(expected)"
    }
}
