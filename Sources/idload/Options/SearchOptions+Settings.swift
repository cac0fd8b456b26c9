internal import Console

extension SearchOptions {
    /// What a search keeps to; nil: none is asked for. `plan` says where it begins.
    func settings(for plan: LoadPlan) throws(LoadError) -> RateSearch.Settings? {
        guard findMax else { return nil }
        var settings = RateSearch.Settings()
        settings.trialSeconds = try FlagNumber.checked("--trial-seconds", trialSeconds ?? 1.5, in: 0.1...60)
        settings.finalSeconds = try FlagNumber.checked("--final-seconds", finalSeconds ?? 30, in: 0.1...3_600)
        if case .open(let schedule, _) = plan.loop { settings.startRate = schedule.peakPerSecond }
        settings.rateMax = min(LoadShape.ratePerSecondMax, (plan.ratePerSecondMax - 1).rounded(.down))
        return settings
    }

    /// The times that a rate must keep.
    func thresholds() throws(LoadError) -> [Threshold] {
        var thresholds: [Threshold] = []
        for text in limits {
            guard let threshold = Threshold(text), case .percentile = threshold.measure else {
                throw LoadError(.badLimit(text), exitCode: .usage)
            }
            thresholds.append(threshold)
        }
        return thresholds
    }
}

extension LoadOptions {
    /// What goes with a search, and what with everything else.
    var searchRules: [EffectRule] {
        guard search.findMax else {
            return [
                EffectRule(flag: "--limit", needed: "--find-max", isBroken: !search.limits.isEmpty),
                EffectRule(flag: "--trial-seconds", needed: "--find-max", isBroken: search.trialSeconds != nil),
                EffectRule(flag: "--final-seconds", needed: "--find-max", isBroken: search.finalSeconds != nil),
            ]
        }
        let given = [
            ("--closed", pace.closed != nil), ("--ramp", pace.ramp != nil), ("--steps", pace.steps != nil),
            ("--burst", pace.burst != nil), ("--seconds", pace.seconds != nil), ("--warmup", pace.warmup > 0),
            ("--catch-up", pace.catchesUp), ("--once", keys.once), ("--stop", keys.stop), ("--csv", csv != nil),
            ("--fail", !conditions.isEmpty), ("--abort-on-fail", abortOnFail),
            ("--control-socket", pace.controlSocket != nil),
        ]
        return given.map { EffectRule(flag: $0.0, other: "--find-max", isBroken: $0.1) }
    }
}
