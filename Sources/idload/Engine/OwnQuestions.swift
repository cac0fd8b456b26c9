/// Questions that a channel makes itself, in place of the run's, and whose answers it judges by what it has made.
protocol OwnQuestions: AnyObject {
    /// The next question's number, below 2³²; nil: that was the last.
    func next() -> Int?
    /// What follows its envelope. Valid until as many further messages were asked for as a batch has questions.
    func message(of question: Int) -> UnsafeRawBufferPointer
    /// What it is about.
    func identifier(of question: Int) -> [UInt8]
    /// Takes the answer, whole and as it came, and says what is wrong with it; `found` is what its carrier found.
    func takeAnswer(_ message: RawSpan, to question: Int, found: AnswerFault?) -> AnswerFault?
    /// It was given up.
    func giveUp(_ question: Int)
}
