internal import ArgumentParser
internal import Console
internal import ResolutionProtocol

/// The flags of questions to name servers.
struct NameOptions: ParsableArguments {
    @Option(
        name: .customLong("dns-type"),
        help: Speech.help("DNS: the type of records to ask for (A).", "DNS：查询的记录类型（默认 A）。", name: "type")
    )
    var type: String?

    @Option(
        name: .customLong("dns-zone"),
        help: Speech.help("DNS: the zone that the names are in, behind each.", "DNS：各名称所在的区，附加在名称之后。", name: "zone")
    )
    var zone: String?

    /// What to ask for; nil where no target is a name server.
    func question(for carriers: [LoadPlan.Carrier]) throws(LoadError) -> NameQuestion? {
        guard carriers.contains(.dns) else { return nil }
        guard let number = DomainQuery.type(type ?? "A") else {
            throw LoadError(.badNameType(type ?? ""), exitCode: .usage)
        }
        guard let question = NameQuestion(type: number, zone: zone ?? "") else {
            throw LoadError(.unusableName(Array((zone ?? "").utf8)), exitCode: .usage)
        }
        return question
    }

    func effectRules(
        _ carriers: [LoadPlan.Carrier],
        _ keys: KeyOptions,
        _ verification: LoadPlan.Verification
    ) -> [EffectRule] {
        let isDNS = carriers.contains(.dns)
        let other = "--protocol \(carriers.map(\.rawValue).joined(separator: ","))"
        return [
            EffectRule(flag: "--dns-type", other: other, isBroken: type != nil && !isDNS),
            EffectRule(flag: "--dns-zone", other: other, isBroken: zone != nil && !isDNS),
            EffectRule(flag: "--verify full", other: other, isBroken: verification == .full && isDNS),
            EffectRule(flag: "--data", other: other, isBroken: keys.data != nil && isDNS),
            EffectRule(flag: "--config", other: other, isBroken: keys.config != nil && isDNS),
            // Identifiers are no names, and a run has one set of questions.
            EffectRule(flag: "--protocol dns", other: other, isBroken: isDNS && carriers.count > 1),
        ]
    }
}

extension UserMessage {
    /// A type of records that is none.
    static func badNameType(_ text: String) -> UserMessage {
        let names = DomainQuery.types.map(\.name).joined(separator: ", ")
        return .unusableArgument(
            "--dns-type",
            value: text,
            expected: LocalizedText(english: "\(names) or TYPE65", chinese: " \(names) 或 TYPE65")
        )
    }

    /// What cannot be asked of a name server.
    static func unusableName(_ name: [UInt8]) -> UserMessage {
        UserMessage(
            "E-LOAD-047",
            english: "“\(TerminalText.safe(name))” is no name that a name server could be asked for",
            chinese: "“\(TerminalText.safe(name))”不是可向域名服务器查询的名称",
            adviceEnglish: "give labels of 1 to 63 bytes with points between, 253 bytes together with the zone",
            adviceChinese: "请用点分隔 1 至 63 字节的标签，连同区名不超过 253 字节"
        )
    }
}
