internal import Console
internal import EventLoop

extension HostileOptions {
    /// What the flags ask for, checked; throws a usage error where they make no sense or the target may not be hurt.
    func plan() throws(LoadError) -> HostilePlan {
        guard let address = try? SocketAddress(text: target, defaultPort: 2641), address.port != 0 else {
            throw LoadError(.badTarget(target), exitCode: .usage)
        }
        try checkOwner(address)
        guard let carrier = LoadPlan.Carrier(rawValue: carrier), [.tcp, .udp].contains(carrier) else {
            throw LoadError(.badHostileProtocol(carrier), exitCode: .usage)
        }
        try checkEffects(carrier)
        var plan = HostilePlan(
            target: LoadTarget(address: address, carrier: carrier),
            mode: mode,
            seed: seed ?? UInt64.random(in: 0...UInt64(UInt32.max)),
            probe: id.map { Array($0.utf8) },
            probeAddress: try probeAddress(address)
        )
        if let sourceAddresses { plan.sources = try SourceAddresses.read(sourceAddresses, to: [address]) }
        let connectionsMax = Double(HostilePlan.connectionCountMax)
        plan.connections = Int(
            try FlagNumber.checked("--connections", Double(connections ?? plan.connections), in: 1...connectionsMax)
        )
        if let rate {
            let number = LoadQuantity.number(rate) ?? -1
            plan.ratePerSecond = try FlagNumber.checked("--rate", number, in: 0.1...HostilePlan.ratePerSecondMax)
        }
        plan.seconds = try FlagNumber.checked("--seconds", seconds, in: 0.1...86_400)
        if let byteEvery {
            plan.secondsPerByte = try FlagNumber.checked("--byte-every", byteEvery, in: 0.01...3_600)
        }
        return plan
    }

    private func probeAddress(_ target: SocketAddress) throws(LoadError) -> SocketAddress {
        guard let probe else { return target }
        guard let address = try? SocketAddress(text: probe, defaultPort: 2641), address.port != 0 else {
            throw LoadError(.badTarget(probe), exitCode: .usage)
        }
        return address
    }

    /// Loopback is everybody's own; another machine is named twice and claimed.
    private func checkOwner(_ address: SocketAddress) throws(LoadError) {
        guard !address.isLoopback else { return }
        let allowed = allow.flatMap { try? SocketAddress(text: $0) }
        guard ownsTarget, allowed?.host == address.host else {
            throw LoadError(.notToBeHurt(address), exitCode: .usage)
        }
    }

    private func checkEffects(_ carrier: LoadPlan.Carrier) throws(LoadError) {
        let rules = [
            EffectRule(
                flag: "--protocol udp",
                other: "--mode \(mode.rawValue)",
                isBroken: carrier == .udp && !mode.isSingle
            ),
            EffectRule(flag: "--connections", other: "--protocol udp", isBroken: carrier == .udp && connections != nil),
            EffectRule(
                flag: "--seed",
                other: "--mode \(mode.rawValue)",
                isBroken: seed != nil && [.idle, .abandonHandshake].contains(mode)
            ),
            EffectRule(
                flag: "--byte-every",
                other: "--mode \(mode.rawValue)",
                isBroken: byteEvery != nil && mode != .slow
            ),
            EffectRule(flag: "--probe", other: "no --id", isBroken: probe != nil && id == nil),
        ]
        for rule in rules where rule.isBroken {
            throw LoadError(.withoutEffect(rule.flag, because: rule.other), exitCode: .usage)
        }
    }
}
