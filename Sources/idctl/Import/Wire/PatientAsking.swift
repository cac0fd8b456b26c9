internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// Asks many things, each until it has an answer: a server that is busy is left alone for a while, and one that has
/// gone is asked again once it is back. Only what may be asked twice is asked this way.
final class PatientAsking {
    /// What becomes of an item by an answer to it.
    enum Verdict {
        /// It is done.
        case taken
        /// It is to be asked again, after a pause.
        case again
        /// Nothing more can be done at all.
        case hopeless(CommandFailure)
    }

    private let asking: any AdministrationAsking
    private let place: String
    private var patience: Patience
    private let session: Session
    private var isTold = false

    /// `place` is who is asked, for messages.
    init(_ asking: any AdministrationAsking, place: String, patience: Patience, session: Session) {
        self.asking = asking
        self.place = place
        self.patience = patience
        self.session = session
    }

    /// Asks for each of `count` items what `request` makes of it, at most `inFlight` at a time; `take` judges the
    /// answers. Ends early at Ctrl-C, once what is under way has been answered.
    func ask(
        _ count: Int,
        inFlight: Int,
        request: (Int) -> Message,
        take: (Int, Message) -> Verdict
    ) throws(CommandFailure) {
        var waiting = Array((0..<count).reversed())
        while true {
            let round = try askOnce(waiting, inFlight: inFlight, request: request, take: take)
            waiting = round.left
            if waiting.isEmpty || Interruption.isRequested { return }
            guard let reason = round.reason else { continue }
            guard let pause = patience.nextPause() else { throw givenUp(reason) }
            tellOnce(reason)
            Patience.rest(pause)
        }
    }

    /// Why items are asked again.
    private enum Reason {
        case busy(ResponseCode, text: String)
        case away(AdministrationError)
    }

    private func askOnce(
        _ items: [Int],
        inFlight: Int,
        request: (Int) -> Message,
        take: (Int, Message) -> Verdict
    ) throws(CommandFailure) -> (left: [Int], reason: Reason?) {
        var waiting = items
        var under: [UInt32: Int] = [:]
        var picked: Int?
        var again: [Int] = []
        var reason: Reason?
        var hopeless: CommandFailure?
        do throws(AdministrationError) {
            try asking.askAll(
                inFlight: inFlight,
                next: {
                    guard reason == nil, !Interruption.isRequested, let item = waiting.popLast() else { return nil }
                    picked = item
                    let began = ContinuousClock.now
                    let message = request(item)
                    patience.pardon(ContinuousClock.now - began)
                    return message
                },
                asked: { under[$0] = picked },
                each: { id, outcome in
                    guard let item = under.removeValue(forKey: id) else { return true }
                    switch judge(item, outcome, take) {
                    case .taken: noteProgress()
                    case .again:
                        again.append(item)
                        reason = self.reason(outcome)
                    case .hopeless(let failure): hopeless = failure
                    }
                    return hopeless == nil
                }
            )
        } catch {
            guard case .asking(let cause) = error, cause.failure.isUnreachable else {
                throw CommandFailure(.notAdministered(subject, error), exit: .failed)
            }
            reason = .away(error)
        }
        if let hopeless { throw hopeless }
        return (waiting + again.reversed() + under.values.sorted(by: >), reason)
    }

    private func judge(
        _ item: Int,
        _ outcome: Result<Message, AskFailure>,
        _ take: (Int, Message) -> Verdict
    ) -> Verdict {
        switch outcome {
        case .failure(let failure) where failure.isUnreachable: return .again
        case .failure(let failure):
            let error = AdministrationError.asking(AskError(server: place, carrier: .tcp, failure: failure))
            return .hopeless(CommandFailure(.notAdministered(subject, error)))
        case .success(let answer):
            switch answer.header.responseCode {
            case .serverBusy, .serverReadOnly, .sessionUnknown, .sessionFailed, .sessionCodeWrong,
                .sessionMessageRejected:
                return .again
            case .authenticationNeeded, .authenticationFailed, .invalidCredential, .authenticationError:
                let error = AdministrationError.refused(code: answer.header.responseCode, text: answer.refusalText)
                return .hopeless(CommandFailure(.notAdministered(subject, error), exit: .notPermitted))
            default: return take(item, answer)
            }
        }
    }

    private var subject: [UInt8] { Array(place.utf8) }

    private func reason(_ outcome: Result<Message, AskFailure>) -> Reason {
        switch outcome {
        case .success(let answer): .busy(answer.header.responseCode, text: answer.refusalText)
        case .failure(let failure): .away(.asking(AskError(server: place, carrier: .tcp, failure: failure)))
        }
    }

    private func noteProgress() {
        patience.noteProgress()
        isTold = false
    }

    /// Says why nothing moves, once until it does again.
    private func tellOnce(_ reason: Reason) {
        guard !isTold else { return }
        isTold = true
        session.tell(.waitingForServer(Self.text(of: reason), seconds: patience.seconds))
    }

    private func givenUp(_ reason: Reason) -> CommandFailure {
        switch reason {
        case .busy:
            CommandFailure(.serverStaysBusy(Self.text(of: reason), seconds: patience.seconds), exit: .outcomeUnknown)
        case .away(let error): CommandFailure(.notAdministered(subject, error), exit: .outcomeUnknown)
        }
    }

    private static func text(of reason: Reason) -> LocalizedText {
        switch reason {
        case .busy(let code, let text):
            let meaning = ResponseMeaning.text(of: code)
            let said = text.isEmpty ? "" : " (" + TerminalText.safe(Array(text.utf8)) + ")"
            return LocalizedText(english: meaning.english + said, chinese: meaning.chinese + said)
        case .away(let error): return LocalizedText(english: "\(error)", chinese: error.chineseDescription)
        }
    }
}
