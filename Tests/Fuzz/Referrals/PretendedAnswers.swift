import Resolution
import ResolutionProtocol

/// What other nodes answer, as an input says.
enum PretendedAnswers {
    private static let names = [
        "88.118.8/x", "88.118.8.1/y", "88.118/z", "88.118.9/A", "12.34/far", "0.NA/88.118.8", "0.NA/88.118",
        "0.NA/0.NA",
        "0.SERV/a", "0.SERV/b", "88.118.8", "0.SITE/x", "0", "/", "88.1/\u{4E2D}",
    ]
    private static let types = [
        ValueType.site, ValueType.siteIPv6, ValueType.service, ValueType.sitePrefix, ValueType.prefixDelegate,
        ValueType.servicePrefix, ValueType.namespace, Array("hs_site".utf8), Array("HS_SIGNATURE".utf8),
        ValueType.secretKey,
    ]
    private static let codes: [ResponseCode] = [
        .identifierNotFound, .valuesNotFound, .notResponsible, .serverBusy, .error, .authenticationNeeded,
        .siteInfoOutOfDate, .serverReadOnly, .recursionLimitExceeded,
    ]

    /// One of some names, or the input's own.
    static func name(_ input: inout FuzzInput) -> [UInt8] {
        let choice = input.below(names.count + 1)
        return choice < names.count ? Array(names[choice].utf8) : input.piece()
    }

    /// The answer to `ask`; nil: none.
    static func answer(to ask: RecursionAsk, _ input: inout FuzzInput) -> Message? {
        var answer = ask.request
        answer.header.siteInfoSerial = UInt16(input.uint8())
        switch input.below(8) {
        case 0: return nil
        case 1: return try? Message(wire: input.piece().asMessage)
        case 2, 3:
            answer.header.responseCode = .success
            answer.body = .resolved(ResolutionAnswer(identifier: ask.identifier, values: values(&input)))
        case 4:
            answer.header.responseCode = .serviceReferral
            answer.body = .referral(Referral(identifier: [], values: values(&input)))
        case 5:
            answer.header.responseCode = .prefixReferral
            answer.body = .referral(Referral(identifier: [], values: values(&input)))
        case 6:
            answer.header.responseCode = input.below(2) == 0 ? .serviceReferral : .prefixReferral
            answer.body = .referral(Referral(identifier: name(&input), values: nil))
        default:
            answer.header.responseCode = codes[input.below(codes.count)]
            answer.body = .error(ErrorBody(message: []))
        }
        return readAlike(answer)
    }

    /// A message as it comes off the wire.
    private static func readAlike(_ message: Message) -> Message? { try? Message(wire: message.wire) }

    private static func values(_ input: inout FuzzInput) -> [HandleValue] {
        let manner = input.uint8()
        return (0..<Int(manner & 3) + Int(manner >> 6) * 8).map { _ in value(&input) }
    }

    private static func value(_ input: inout FuzzInput) -> HandleValue {
        let manner = input.uint8()
        let type = types[Int(manner & 15) % types.count]
        let isSite = manner & 16 == 0
        var value = HandleValue(index: UInt32(manner & 3), type: type, data: [])
        if type == ValueType.service || type == ValueType.servicePrefix {
            value.data = name(&input)
        } else {
            value.data = isSite ? PretendedSite.site(&input).wire : input.piece()
        }
        if manner & 32 != 0 { value.permissions = ValuePermissions(rawValue: input.uint8()) }
        if manner & 64 != 0 {
            value.ttlType = input.uint8()
            value.ttl = Int32(bitPattern: input.uint32())
        }
        return value
    }
}

/// Sites of servers that are known by numbers.
enum PretendedSite {
    static func address(_ number: UInt8) -> [UInt8] { [UInt8](repeating: 0, count: 12) + [10, 0, 0, number] }

    /// A site of servers `numbers`.
    static func site(_ numbers: [UInt8], serial: UInt16 = 5) -> SiteInfo {
        SiteInfo(serialNumber: serial, isPrimary: true, servers: numbers.map { server($0, port: 2_641) })
    }

    /// A site of the input's.
    static func site(_ input: inout FuzzInput) -> SiteInfo {
        let manner = input.uint8()
        var site = site((0..<manner & 3).map { _ in 1 + input.uint8() % 12 }, serial: UInt16(input.uint8()))
        site.isPrimary = manner & 4 == 0
        if manner & 8 != 0 {
            for index in site.servers.indices { site.servers[index] = server(input.uint8(), port: input.uint32()) }
        }
        if manner & 64 != 0, !site.servers.isEmpty { site.servers[0].publicKey = [manner] }
        if manner & 16 != 0 {
            let name = manner & 32 == 0 ? "alt_addr" : "alt_addr.1"
            site.attributes = [SiteAttribute(name: Array(name.utf8), value: input.piece())]
        }
        return site
    }

    private static func server(_ number: UInt8, port: UInt32) -> SiteServer {
        let transports: [ServerInterface.TransportProtocol] = [.tcp, .udp]
        return SiteServer(
            serverID: UInt32(number & 1),
            address: address(number),
            interfaces: transports.map { ServerInterface(kind: .both, transport: $0, port: port) }
        )
    }
}
