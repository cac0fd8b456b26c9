/// All messages of a run where they lie, found without counting references. Valid as long as their `QuestionSet` lives
/// and grows no more.
struct MessagesInPlace {
    let base: UnsafeRawPointer
    let starts: UnsafePointer<Int>

    /// What follows the envelope of a question.
    subscript(question: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + starts[question], count: starts[question + 1] - starts[question])
    }
}
