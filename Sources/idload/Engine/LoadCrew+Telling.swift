internal import Console
internal import EventLoop
internal import ResolutionClient

// What keeps a crew from its work, as the user is told.
extension LoadCrew {
    /// A crew with everything open that it asks through.
    static func reach(_ plan: LoadPlan, _ questions: QuestionSet) throws(LoadError) -> LoadCrew {
        do throws(UnreachableTarget) {
            return try LoadCrew(plan: plan, questions: questions)
        } catch {
            if case .notSecured = error.failure { throw LoadError(.notSecured(error.target.address, error.failure)) }
            throw LoadError(.unreachable(error.target, why: error.failure), exitCode: .outcomeUnknown)
        }
    }

    /// Runs.
    func tellingRun(eachSecond: (_ second: LoadSecond) -> Void) throws(LoadError) -> LoadResult {
        do throws(EventLoopError) {
            return try run(eachSecond: eachSecond)
        } catch {
            throw LoadError(.noThread(error))
        }
    }
}
