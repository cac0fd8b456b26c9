internal import ResolutionClient

extension LoadCrew {
    /// Looks at what each thread has written to each target, when all is over, and deletes it if that was asked for;
    /// each with its target's place in the plan.
    func review(_ plan: LoadPlan) -> [(target: Int, review: WriteReview)] {
        guard let writes = plan.writes else { return [] }
        return books.map { target, book in
            var review = WriteReview(writes, book, at: plan.targets[target].address)
            review.check()
            if writes.deletesAfterwards { review.delete() }
            return (target, review)
        }
    }
}

extension WriteFigures {
    /// Those of all reviews together; nil: nothing was to be written.
    init?(of reviews: [(target: Int, review: WriteReview)]) {
        guard let first = reviews.first else { return nil }
        self = first.review.figures
        for (_, review) in reviews.dropFirst() { add(review.figures) }
    }
}

extension LoadResult {
    /// The acknowledgements of a target that did not hold are wrong answers, whatever they were taken for.
    mutating func note(_ review: WriteReview, at target: Int) {
        guard channels.indices.contains(target) else { return }
        channels[target].tally.note(review)
        tally.note(review)
    }
}

extension Tally {
    fileprivate mutating func note(_ review: WriteReview) {
        let unkept = [(AnswerFault.missing, review.figures.missing), (.values, review.figures.different)]
        for (fault, number) in unkept where number > 0 {
            let count = UInt64(number)
            // Those of a warm-up, and the first of each connection, never were among the right ones.
            right -= min(right, count)
            wrong += count
            faults[fault, default: 0] += count
        }
        for sample in review.samples { keep(sample) }
    }
}
