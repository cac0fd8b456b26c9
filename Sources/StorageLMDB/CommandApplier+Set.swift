internal import Resolution

extension CommandApplier {
    /// Decides on all steps of `set` and carries them out, unless that has been done before.
    ///
    /// Where it throws `damaged`, nothing of the set has been written.
    mutating func apply(_ set: CommandSet) throws(LMDBError) -> CommandSetOutcome {
        guard let name = set.keeping else { return CommandSetOutcome(outcomes: try outcomes(of: set)) }
        let kept = try OutcomeTable.outcomes(of: name, transaction)
        if let kept, kept.isAnswer(to: set) { return kept.repeated }
        let outcomes = try outcomes(of: set)
        let (until, hasPassed) = set.unixSeconds.addingReportingOverflow(UInt64(name.keepSeconds))
        let new = KeptOutcomes(name: name, outcomes: outcomes, untilUnixSeconds: hasPassed ? .max : until)
        try OutcomeTable.keep(new, insteadOf: kept, transaction, &writer)
        return CommandSetOutcome(outcomes: outcomes, note: name.note)
    }

    private mutating func outcomes(of set: CommandSet) throws(LMDBError) -> [CommandOutcome] {
        if let refused = set.refusedOutcomes { return refused }
        // One command decides before it writes: there is nothing to take back.
        guard set.steps.count > 1 else { return try applySteps(of: set) }
        let (outer, before) = (transaction, numbers)
        transaction = try outer.beginNested()
        var outcomes: [CommandOutcome] = []
        do throws(LMDBError) { outcomes = try applySteps(of: set) } catch {
            transaction.abort()
            (transaction, numbers) = (outer, before)
            throw error
        }
        guard set.isAtomic, !outcomes.allSatisfy(\.isDone) else {
            let nested = transaction
            transaction = outer
            try nested.commitNested()
            return outcomes
        }
        transaction.abort()
        (transaction, numbers) = (outer, before)
        return outcomes.map { $0.isDone ? .notApplied : $0 }
    }

    /// Takes the steps in order; of an atomic set to the first that is not done.
    private mutating func applySteps(of set: CommandSet) throws(LMDBError) -> [CommandOutcome] {
        var outcomes: [CommandOutcome] = []
        outcomes.reserveCapacity(set.steps.count)
        for step in set.steps {
            guard !set.isAtomic || outcomes.last?.isDone ?? true else {
                return outcomes + Array(repeating: .notApplied, count: set.steps.count - outcomes.count)
            }
            switch step {
            case .command(let command):
                outcomes.append(try apply(command))
                giveWay()
            case .decided(let code, let text): outcomes.append(.decided(code: code, text: text))
            }
        }
        return outcomes
    }
}
