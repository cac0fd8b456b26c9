internal import Console
internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

// What keeps a crew from its work, as the user is told.
extension LoadCrew {
    /// A crew with everything open that it asks through.
    static func reach(_ plan: LoadPlan, _ questions: QuestionSet) throws(LoadError) -> LoadCrew {
        OwnLimits.raiseDescriptorCount()
        do throws(UnreachableTarget) {
            return try LoadCrew(plan: plan, questions: questions)
        } catch {
            switch error.why {
            case .asking(let failure): throw told(failure, of: error.target)
            case .refused(let code, let text):
                let exitCode: ExitCode =
                    code == .identifierExists
                    ? .conflict : (400..<500).contains(code.rawValue) ? .notPermitted : .failed
                throw LoadError(.firstRecordRefused(error.target, code, text), exitCode: exitCode)
            }
        }
    }

    private static func told(_ failure: AskFailure, of target: LoadTarget) -> LoadError {
        if OwnLimits.areReached(failure) {
            return LoadError(.ownLimit(target.address, failure), exitCode: .measurementNotValid)
        }
        if case .notSecured = failure { return LoadError(.notSecured(target.address, failure)) }
        if target.carrier == .admin, !failure.isUnreachable { return LoadError(.notLoggedIn(target, failure)) }
        return LoadError(.unreachable(target, why: failure), exitCode: .outcomeUnknown)
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
