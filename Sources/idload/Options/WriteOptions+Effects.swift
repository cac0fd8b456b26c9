extension LoadOptions {
    /// What goes with writing, and what with asking alone.
    func writeRules(_ carriers: [LoadPlan.Carrier]) -> [EffectRule] {
        guard carriers.contains(.admin) else { return needlessRules(carriers) }
        let held = [
            // A part that goes on would write what is there already; a node counts log-ins and other questions, too.
            ("--state", counting.state != nil), ("--control", counting.control != nil),
        ]
        var rules = held.map { EffectRule(flag: $0.0, other: "--protocol admin", isBroken: $0.1) }
        let isEncrypted = writes.passphraseFile != nil
        rules.append(
            EffectRule(flag: "--passphrase-file", needed: "--key-file", isBroken: isEncrypted && writes.keyFile == nil)
        )
        guard carriers.allSatisfy({ $0 == .admin }) else { return rules }
        let asked = [
            ("--id", !keys.id.isEmpty), ("--replay", keys.replay != nil), ("--config", keys.config != nil),
            ("--data", keys.data != nil), ("--expect", keys.expect != nil), ("--keys", keys.keys != nil),
            ("--shuffle", keys.shuffle), ("--wrap", keys.wrap), ("--stop", keys.stop), ("--once", keys.once),
            ("--missing", keys.missing != nil), ("--verify full", verify == .full),
        ]
        return rules + asked.map { EffectRule(flag: $0.0, other: "--protocol admin alone", isBroken: $0.1) }
    }

    private func needlessRules(_ carriers: [LoadPlan.Carrier]) -> [EffectRule] {
        let given = [
            ("--write-under", writes.writeUnder != nil), ("--write-mix", writes.writeMix != nil),
            ("--write-run", writes.writeRun != nil), ("--delete-afterwards", writes.deleteAfterwards),
            ("--auth", writes.auth != nil), ("--key-file", writes.keyFile != nil),
            ("--passphrase-file", writes.passphraseFile != nil), ("--secret-file", writes.secretFile != nil),
        ]
        return given.map { EffectRule(flag: $0.0, needed: "--protocol admin", isBroken: $0.1) }
    }
}
