internal import Console

/// A flag that has no effect beside another one, or without one.
struct EffectRule {
    let flag: String
    /// The flag, or the way of asking, that leaves it without effect; or the one without which it has none.
    let other: String
    var isNeeded = false
    /// Whether the command line has it so.
    let isBroken: Bool

    init(flag: String, other: String, isBroken: Bool) {
        self.flag = flag
        self.other = other
        self.isBroken = isBroken
    }

    /// `flag` has an effect with `needed` alone.
    init(flag: String, needed: String, isBroken: Bool) {
        self.init(flag: flag, other: needed, isBroken: isBroken)
        isNeeded = true
    }

    /// What to say of it.
    var message: UserMessage { isNeeded ? .effectOnly(flag, with: other) : .withoutEffect(flag, because: other) }
}

extension PaceOptions {
    var effectRules: [EffectRule] {
        let given = [("--rate", rate), ("--ramp", ramp), ("--steps", steps), ("--burst", burst)]
        let shapes = given.filter { $0.1 != nil }.map(\.0)
        var rules: [EffectRule] = []
        if shapes.count > 1 { rules.append(EffectRule(flag: shapes[0], other: shapes[1], isBroken: true)) }
        if closed != nil {
            for shape in shapes where shape != "--rate" {
                rules.append(EffectRule(flag: shape, other: "--closed", isBroken: true))
            }
            rules.append(EffectRule(flag: "--catch-up", other: "--closed", isBroken: catchesUp))
        }
        // There is no rate that could be changed.
        let isSteered = controlSocket != nil
        rules.append(EffectRule(flag: "--control-socket", other: "--closed", isBroken: isSteered && closed != nil))
        rules.append(EffectRule(flag: "--control-socket", other: "--burst", isBroken: isSteered && burst != nil))
        rules.append(EffectRule(flag: "--seconds", other: "--steps", isBroken: seconds != nil && steps != nil))
        return rules
    }
}

extension KeyOptions {
    var effectRules: [EffectRule] {
        let choice = keys.flatMap { KeyChoice($0) }
        let isDrawn = choice?.isRandom ?? (keys == nil && replay == nil && !once)
        let drawn = "--keys \(keys ?? "\(KeyChoice.usual)")"
        return [
            EffectRule(flag: "--config", other: "--data", isBroken: config != nil && data != nil),
            EffectRule(flag: "--codes", needed: "--replay", isBroken: codes != nil && replay == nil),
            EffectRule(flag: "--keys", other: "--once", isBroken: keys != nil && once),
            EffectRule(flag: "--stop", other: "--once", isBroken: stop && once),
            EffectRule(flag: "--wrap", other: "--once", isBroken: wrap && once),
            EffectRule(flag: "--wrap", other: "--stop", isBroken: wrap && stop),
            EffectRule(flag: "--shuffle", other: drawn, isBroken: shuffle && isDrawn),
            EffectRule(flag: "--stop", other: drawn, isBroken: stop && isDrawn),
            EffectRule(flag: "--wrap", other: drawn, isBroken: wrap && isDrawn),
        ]
    }
}
