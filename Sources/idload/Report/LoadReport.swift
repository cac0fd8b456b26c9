internal import Console

/// A run that has just ended, as text for people and as JSON, with the same figures.
struct LoadReport {
    let plan: LoadPlan
    let result: LoadResult
    let thresholds: [Threshold]
    let questionCount: Int
    let facts: RunFacts
    var rows = SecondRows(plannedSeconds: 0)
    /// The condition that ended the run before its time.
    var abortedBy: Threshold?
    /// Of a run for a number of questions, or whose counts were held against the node's.
    var count: CountRun.Ending?

    /// How the program ends.
    var exitCode: Console.ExitCode { document.exitCode }

    /// What is kept of it.
    var document: RunDocument {
        let limits = result.generator.limits
        return RunDocument(
            plan: PlanFacts(plan, identifierCount: questionCount),
            result: result,
            thresholds: thresholds,
            facts: facts,
            rows: rows.all,
            rowSeconds: UInt64(rows.secondsEach),
            limits: limits,
            // A closed loop has no plan that could be missed: its own processor time is told, and left to the reader.
            isGeneratorLimited: plan.isOpen && !limits.isEmpty || limits.contains(.ports),
            abortedBy: abortedBy,
            count: count
        )
    }

    /// The lines for a person, without newlines.
    func lines(_ language: Language) -> [String] { document.lines(language) }

    /// One JSON document.
    var json: [UInt8] { document.json }
}
