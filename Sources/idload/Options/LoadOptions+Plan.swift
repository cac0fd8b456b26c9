internal import Console
internal import EventLoop

extension LoadOptions {
    /// What the flags ask for, checked; throws a usage error where they make no sense.
    func plan() throws(LoadError) -> LoadPlan {
        try checkEffects()
        var plan = LoadPlan(targets: try loadTargets(), seed: seed ?? UInt64.random(in: 0...UInt64(UInt32.max)))
        plan.loop = try pace.loop()
        plan.questionCountMax = try counting.questionCount()
        if plan.questionCountMax != nil { plan.loop = plan.loop.withoutEnd }
        plan.threadCount = try threadCount(for: plan.loop)
        plan.keys = try keys.choice()
        plan.connections = Int(try FlagNumber.checked("--connections", Double(connections), in: 1...1_024))
        plan.questionsPerConnection = try streams.questionsPerConnection()
        plan.sources = try streams.sources(to: plan.targets)
        try check(streams.effectRules(plan.carriers) + names.effectRules(plan.carriers, keys, verify))
        try check(writeRules(plan.carriers))
        plan.writes = try writes.plan(for: plan.carriers, seed: plan.seed)
        plan.names = try names.question(for: plan.carriers)
        plan.security = try streams.security(of: plan.targets)
        let milliseconds = try FlagNumber.checked("--timeout", Double(timeout), in: 1...60_000)
        plan.timeoutNanoseconds = UInt64(milliseconds) * 1_000_000
        plan.verification = verify
        plan.missingPercent = try keys.missingPercent()
        if seed != nil, !plan.keys.isRandom, plan.missingPercent == 0, plan.writes == nil {
            throw LoadError(.withoutEffect("--seed", because: "\(plan.keys)"), exitCode: .usage)
        }
        try checkRoom(plan)
        try checkOwner(plan)
        return plan
    }

    /// The conditions, with `wrong==0` unless another about wrong answers is given.
    func thresholds() throws(LoadError) -> [Threshold] {
        var thresholds: [Threshold] = []
        for text in conditions {
            guard let threshold = Threshold(text) else { throw LoadError(.badThreshold(text), exitCode: .usage) }
            thresholds.append(threshold)
        }
        return thresholds.contains { $0.measure == .wrong } ? thresholds : [.noneWrong] + thresholds
    }

    /// The questions of the run; throws where there are none.
    func questions(for plan: LoadPlan) throws(LoadError) -> QuestionSet {
        guard (keys.expect != nil) == (verify == .full) else {
            throw LoadError(.verifyNeedsExpect, exitCode: .usage)
        }
        let questions = QuestionSet(names: plan.names)
        if !plan.asksQuestions { return questions }
        questions.dueCodes = try keys.dueCodes()
        if let expect = keys.expect {
            guard keys.id.isEmpty, keys.replay == nil, keys.data == nil, keys.config == nil else {
                throw LoadError(.expectAlone, exitCode: .usage)
            }
            try QuestionFiles.addRecords(at: expect, comparesValues: true, to: questions)
        }
        for identifier in keys.id { questions.add(Array(identifier.utf8)) }
        if let replay = keys.replay { try addReplay(replay, to: questions, plan) }
        if let unusable = questions.unusable { throw LoadError(.unusableName(unusable), exitCode: .usage) }
        if plan.names == nil { try addSample(to: questions, plan) }
        guard questions.identifierCount > 0 else { throw LoadError(.noIdentifiers, exitCode: .usage) }
        if plan.missingPercent > 0 {
            var numbers = SeededNumbers(seed: ~plan.seed)
            questions.addMissing(4_096, numbers: &numbers)
        }
        return questions
    }

    /// Adds what a node of this machine has, where one is named, or where nothing else says what to ask for.
    private func addSample(to questions: QuestionSet, _ plan: LoadPlan) throws(LoadError) {
        if let data = keys.data { return try NodeSample.add(from: data, to: questions) }
        if let config = keys.config {
            return try NodeSample.add(from: try NodeSample.directory(ofConfiguration: config), to: questions)
        }
        guard questions.count == 0, questions.stream == nil, let usual = NodeSample.usualDirectory(for: plan.targets)
        else { return }
        // Whoever may not read it is told how to give identifiers.
        try? NodeSample.add(from: usual, to: questions)
    }

    /// Questions under way are remembered until they are answered or lost: there must be places for them.
    private func checkRoom(_ plan: LoadPlan) throws(LoadError) {
        guard case .open(let schedule, _) = plan.loop else { return }
        guard schedule.peakPerSecond < plan.ratePerSecondMax else {
            throw LoadError(.tooManyOutstanding, exitCode: .usage)
        }
    }

    /// How the rate of a run can be changed while it goes on; nil: it has none, or it is one of bursts.
    func rateChanges(for plan: LoadPlan) -> RateChanges? {
        guard case .open(let schedule, _) = plan.loop else { return nil }
        if case .burst = schedule.shape { return nil }
        let isStrange = !ownsTarget && plan.targets.contains { !$0.address.isOfOwnNetwork }
        // What could not be asked for at the beginning cannot be asked for later.
        let room = (plan.ratePerSecondMax - 1).rounded(.down)
        let most = min(LoadShape.ratePerSecondMax, room, isStrange ? Self.strangersRateMax : .infinity)
        return RateChanges(of: schedule, bounds: LoadShape.ratePerSecondMin...max(LoadShape.ratePerSecondMin, most))
    }

    private func checkOwner(_ plan: LoadPlan) throws(LoadError) {
        guard !ownsTarget, let stranger = plan.targets.first(where: { !$0.address.isOfOwnNetwork }) else { return }
        let rate: Double? =
            switch plan.loop {
            // Nobody knows beforehand how fast a search will ask.
            case .open where search.findMax: nil
            case .open(let schedule, let catchesUp): catchesUp ? nil : schedule.peakPerSecond
            case .closed(_, let rate, _, _): rate
            }
        guard let rate, rate <= Self.strangersRateMax else {
            throw LoadError(.notOwned(stranger.address), exitCode: .usage)
        }
    }

    /// A flag that would change nothing is an error: whoever gave it means something else.
    private func checkEffects() throws(LoadError) {
        // Standard output is the result's.
        if targets.allSatisfy({ TargetText($0)?.carrier != nil }), carrier != LoadPlan.Carrier.udp.rawValue {
            throw LoadError(.withoutEffect("--protocol", because: targets[0]), exitCode: .usage)
        }
        if csv == "-" { throw LoadError(.needsFile("--csv"), exitCode: .usage) }
        try check(searchRules + countRules + pace.effectRules + keys.effectRules)
    }

    private func check(_ rules: [EffectRule]) throws(LoadError) {
        for rule in rules where rule.isBroken {
            throw LoadError(rule.message, exitCode: .usage)
        }
    }
}
