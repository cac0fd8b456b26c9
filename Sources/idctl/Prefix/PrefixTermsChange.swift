internal import ArgumentParser
internal import Console
internal import Resolution

/// A change of the terms of prefixes that are there.
struct PrefixTermsChange {
    private let choice: PrefixChoice
    private let origin: String

    init(_ choice: PrefixChoice, origin: String) {
        self.choice = choice
        self.origin = origin
    }

    /// What became of it.
    struct Outcome {
        let changedCount: Int
        let unknown: [[UInt8]]

        /// Prints it; a prefix that is not there is an error.
        func show(_ session: Session, _ english: String, _ chinese: String) throws(CommandFailure) -> ProgramExit {
            let count = TextCount.grouped(changedCount)
            try session.print([session.words("\(english) \(count)", "\(chinese) \(count)")])
            guard unknown.isEmpty else { throw CommandFailure(.unknownPrefixes(unknown), exit: .notFound) }
            return .done
        }
    }

    /// Makes it of all prefixes chosen.
    func perform(_ change: (inout PrefixTerms) -> Void) throws(CommandFailure) -> Outcome {
        let prefixes = try choice.chosen()
        let unknown = try PrefixKeeper.with(choice.node) { (keeper) throws(CommandFailure) in
            try PrefixChanges(keeper, origin: origin).change(prefixes, change)
        }
        return Outcome(changedCount: prefixes.count - unknown.count, unknown: unknown)
    }
}
