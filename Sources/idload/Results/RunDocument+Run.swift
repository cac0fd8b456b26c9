extension RunDocument {
    /// What a run came to that has just ended.
    init(
        _ plan: LoadPlan,
        _ result: LoadResult,
        identifierCount: Int,
        thresholds: [Threshold],
        facts: RunFacts,
        rows: SecondRows = SecondRows(plannedSeconds: 0)
    ) {
        let limits = result.limits
        self.init(
            plan: PlanFacts(plan, identifierCount: identifierCount),
            result: result,
            thresholds: thresholds,
            facts: facts,
            rows: rows.all,
            rowSeconds: UInt64(rows.secondsEach),
            limits: limits,
            // A closed loop has no plan that could be missed: its own processor time is told, and left to the reader.
            isGeneratorLimited: plan.isOpen && !limits.isEmpty || limits.contains(.ports)
        )
    }
}
