/// A flag that has no effect beside another one, or without one.
struct EffectRule {
    let flag: String
    /// The flag, or the way of asking, that leaves it without effect.
    let other: String
    /// Whether the command line has it so.
    let isBroken: Bool
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
