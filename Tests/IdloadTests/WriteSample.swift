import ResolutionClient
import ResolutionProtocol

@testable import idload

/// What runs of tests write, and how servers of tests answer it.
enum WriteSample {
    static let plan = plan(createShare: 0.5)

    static func plan(createShare: Double) -> WritePlan {
        let reference = ValueReference(identifier: Array("0.NA/88.118.8".utf8), index: 300)
        return WritePlan(
            under: Array("88.118.8/LOAD-".utf8),
            run: "r1",
            key: AdministratorKey(reference, .secret([1, 2, 3])),
            createShare: createShare
        )
    }

    /// The answer of a server that does what it is asked, or refuses it with a code.
    static func answer(to request: Message, code: ResponseCode = .success) -> Message {
        var answer = request
        answer.header.responseCode = code
        answer.body = .error(ErrorBody(message: []))
        guard code == .success else { return answer }
        answer.body = .bytes([])
        if case .values(let asked) = request.body, request.header.opCode == .createIdentifier {
            answer.body = .created(WireText(asked.identifier))
        }
        return answer
    }

    /// The same on the wire.
    static func answerWire(to request: [UInt8], code: ResponseCode = .success) -> [UInt8] {
        guard let request = try? Message(wire: request) else { return [] }
        return answer(to: request, code: code).wire
    }

    /// Answers a request of `book`, and says what is wrong with that.
    @discardableResult
    static func take(
        _ question: Int,
        _ book: WriteBook,
        code: ResponseCode = .success,
        found: AnswerFault? = nil
    ) -> AnswerFault? {
        let wire = answer(to: book.request(question), code: code).wire
        return book.takeAnswer(wire.span.bytes, to: question, found: found)
    }
}
