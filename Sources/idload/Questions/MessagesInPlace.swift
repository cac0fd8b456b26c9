/// All messages of a run where they lie, found without counting references. Valid as long as their `QuestionSet` lives
/// and grows no more, and those of a stream as long as they are under way.
struct MessagesInPlace {
    let base: UnsafeRawPointer
    let starts: UnsafePointer<Int>
    /// Of a stream that is read while the run goes on.
    var slots: UnsafeMutablePointer<QuestionSlot?>?

    /// What follows the envelope of a question; empty where a stream has given it up.
    subscript(question: Int) -> UnsafeRawBufferPointer {
        guard StreamedQuestion.isOne(question) else {
            return UnsafeRawBufferPointer(
                start: base + starts[question],
                count: starts[question + 1] - starts[question]
            )
        }
        let place = StreamedQuestion.place(of: question)
        return slots?[StreamedQuestion.slot(of: question)]?.message(place)
            ?? UnsafeRawBufferPointer(start: base, count: 0)
    }

    /// The first four bytes of its envelope.
    func version(of question: Int) -> UInt32 {
        guard StreamedQuestion.isOne(question), let slot = slots?[StreamedQuestion.slot(of: question)] else {
            return OutgoingQuestion.ownVersion
        }
        return slot.versions[StreamedQuestion.place(of: question)]
    }

    /// Whether a question that was asked at a time is still held.
    func holds(_ asked: OutstandingTable.Asked) -> Bool {
        guard StreamedQuestion.isOne(asked.question) else { return true }
        guard let slot = slots?[StreamedQuestion.slot(of: asked.question)] else { return false }
        return slot.sinceNanoseconds <= asked.sentNanoseconds
    }
}
