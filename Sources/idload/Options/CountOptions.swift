internal import ArgumentParser
internal import Console

/// The flags of a run that is to reach a number.
struct CountOptions: ParsableArguments {
    @Option(
        help: Speech.help(
            "End after so many questions, as 200k, 5M or 2e9.",
            "发出给定数量的查询后结束，例如 200k、5M 或 2e9。",
            name: "n"
        )
    )
    var count: String?

    @Option(
        help: Speech.help(
            "With --count: how far the run has come; given again, it goes on from there.",
            "与 --count 同用：记录进度的文件；再次给出时从该进度继续。",
            name: "file"
        ),
        completion: .file()
    )
    var state: String?

    @Option(
        help: Speech.help(
            "The control socket of the node: what it counted is held against what was sent.",
            "节点的控制套接字：将节点的计数与发送数对账。",
            name: "socket"
        ),
        completion: .file()
    )
    var control: String?

    /// Questions that one run may be for.
    static let countMax = 1e15
}

extension CountOptions {
    /// So many questions; nil: as many as there is time for.
    func questionCount() throws(LoadError) -> UInt64? {
        guard let count else { return nil }
        let number = LoadQuantity.number(count) ?? LoadQuantity.power(count)
        guard let number, number >= 1, number <= Self.countMax, number == number.rounded() else {
            throw LoadError(.badShape("--count", count, example: "200k, 5M, 2e9"), exitCode: .usage)
        }
        return UInt64(number)
    }
}

extension LoadOptions {
    /// What goes with a number to reach, and with a node's own counts.
    var countRules: [EffectRule] {
        var rules = [
            EffectRule(flag: "--state", needed: "--count", isBroken: counting.state != nil && counting.count == nil)
        ]
        if counting.count != nil {
            let given = [
                ("--seconds", pace.seconds != nil), ("--ramp", pace.ramp != nil), ("--steps", pace.steps != nil),
                ("--burst", pace.burst != nil), ("--once", keys.once), ("--stop", keys.stop),
                ("--find-max", search.findMax),
            ]
            rules += given.map { EffectRule(flag: $0.0, other: "--count", isBroken: $0.1) }
        }
        // What was asked in a warm-up is in no figure of this tool, and in the node's.
        let given = [("--count", counting.count != nil), ("--control", counting.control != nil)]
        rules += given.map { EffectRule(flag: "--warmup", other: $0.0, isBroken: $0.1 && pace.warmup > 0) }
        rules.append(
            EffectRule(flag: "--control", other: "--find-max", isBroken: counting.control != nil && search.findMax)
        )
        // The counts of one node are held against all that was sent.
        let addresses = Set(targets.compactMap { TargetText($0)?.address })
        let carriers =
            targets.compactMap { TargetText($0)?.carrier } + (TargetText.carriers(carrier) ?? []).map(\.carrier)
        let isControlled = counting.control != nil
        rules.append(
            EffectRule(flag: "--control", other: "several targets", isBroken: isControlled && addresses.count > 1)
        )
        rules.append(
            EffectRule(flag: "--control", other: "--protocol dns", isBroken: isControlled && carriers.contains(.dns))
        )
        return rules
    }
}
