/// What a channel asks: the run's questions, or its own.
struct ChannelQuestions {
    private let questions: QuestionSet
    private let messages: MessagesInPlace
    private let own: (any OwnQuestions)?
    /// Whether the carrier says whose answer a message is.
    let areKnownByCarrier: Bool

    init(_ questions: QuestionSet, own: (any OwnQuestions)?) {
        self.questions = questions
        self.own = own
        messages = questions.messagesInPlace
        areKnownByCarrier = questions.names != nil || own != nil
    }

    /// Whether they are its own.
    var areOwn: Bool { own != nil }

    /// The number of the next of its own; nil: there are none, or that was the last.
    func nextOwn() -> Int? { own?.next() }

    /// The version bytes of its envelope.
    func version(of question: Int) -> UInt32 {
        own == nil ? messages.version(of: question) : OutgoingQuestion.ownVersion
    }

    /// What follows the envelope.
    func message(of question: Int) -> UnsafeRawBufferPointer {
        guard let own else { return messages[question] }
        return own.message(of: question)
    }

    /// What it is about.
    func identifier(of asked: OutstandingTable.Asked) -> [UInt8] {
        own?.identifier(of: asked.question) ?? questions.identifier(of: asked)
    }

    /// Takes an answer, whole and as it came, and says what is wrong with it; `found` is what its carrier found.
    func takeAnswer(_ message: RawSpan, to question: Int, found: AnswerFault?) -> AnswerFault? {
        if let own { return own.takeAnswer(message, to: question, found: found) }
        return found
            ?? (questions.names == nil
                ? AnswerReader.fault(in: message, question: question, of: questions)
                : NameAnswerReader.fault(in: message, question: question, of: questions))
    }

    /// It was given up.
    func giveUp(_ question: Int) { own?.giveUp(question) }
}
