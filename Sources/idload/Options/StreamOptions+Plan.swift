internal import Console
internal import Cryptography
internal import EventLoop

extension StreamOptions {
    /// Questions of one connection that a plan may have.
    private static let questionsPerConnectionMax = 1_000_000.0

    /// After how many questions a connection is closed; nil: never.
    func questionsPerConnection() throws(LoadError) -> Int? {
        guard let perConnection else { return nil }
        let range = 1...Self.questionsPerConnectionMax
        return Int(try FlagNumber.checked("--per-connection", Double(perConnection), in: range))
    }

    /// The addresses to bind to.
    func sources(to targets: [LoadTarget]) throws(LoadError) -> [SocketAddress] {
        guard let sourceAddresses else { return [] }
        return try SourceAddresses.read(sourceAddresses, to: targets.map(\.address))
    }

    /// Whom TLS is to take for each target that is asked through it.
    func security(of targets: [LoadTarget]) throws(LoadError) -> [SocketAddress: TLSContext] {
        var security: [SocketAddress: TLSContext] = [:]
        for target in targets where target.carrier == .tls {
            security[target.address] = try context(for: target.address)
        }
        return security
    }

    private func context(for target: SocketAddress) throws(LoadError) -> TLSContext {
        let trust: TLSServerTrust
        if let tlsCa {
            trust = .authorities(try TrustFile.read(tlsCa), serverName: tlsName ?? target.host)
        } else if let tlsPin {
            trust = .certificate(try TrustFile.read(tlsPin))
        } else if tlsInsecure {
            trust = .anyone
        } else {
            throw LoadError(.noTrust, exitCode: .usage)
        }
        do throws(TLSContextError) {
            return try TLSContext(client: trust, unixSeconds: Int64(SystemClock.coarseRealtimeSeconds()))
        } catch {
            throw LoadError(.unusableTrust(error))
        }
    }

    func effectRules(_ carriers: [LoadPlan.Carrier]) -> [EffectRule] {
        let other = "--protocol \(carriers.map(\.rawValue).joined(separator: ","))"
        let isStream = carriers.contains { $0 == .tcp || $0 == .tls }
        let isSecure = carriers.contains(.tls)
        let given = [
            ("--tls-ca", tlsCa != nil), ("--tls-pin", tlsPin != nil), ("--tls-insecure", tlsInsecure),
        ].filter(\.1).map(\.0)
        var rules = [
            EffectRule(flag: "--per-connection", other: other, isBroken: perConnection != nil && !isStream),
            EffectRule(flag: "--tls-name", other: other, isBroken: tlsName != nil && !isSecure),
        ]
        for flag in given { rules.append(EffectRule(flag: flag, other: other, isBroken: !isSecure)) }
        if given.count > 1 { rules.append(EffectRule(flag: given[1], other: given[0], isBroken: true)) }
        if tlsName != nil, tlsCa == nil, let trust = given.first {
            rules.append(EffectRule(flag: "--tls-name", other: trust, isBroken: true))
        }
        return rules
    }
}
