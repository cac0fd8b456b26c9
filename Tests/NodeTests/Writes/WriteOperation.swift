import ResolutionClient
import ResolutionProtocol

/// What a writer asks for at once: one change, or a batch of them; an atomic set may take two messages.
struct WriteOperation: Sendable {
    /// A change, by the place of its identifier and its number there.
    struct Place: Sendable {
        let identifier: Int
        let change: Int
    }

    /// Sent, and sent again, as they are. The answer to the last one is the operation's.
    let messages: [Message]
    let places: [Place]
    /// Whether it is made whole or not at all.
    let isAtomic: Bool
    /// RequestIds of messages that have no answer.
    private(set) var unanswered: [UInt32]

    init(_ messages: [Message], places: [Place], isAtomic: Bool) {
        self.messages = messages
        self.places = places
        self.isAtomic = isAtomic
        unanswered = messages.map(\.envelope.requestID)
    }

    mutating func note(answerTo requestID: UInt32) { unanswered.removeAll { $0 == requestID } }

    /// Nothing of it is known to have been done: a part of a set that was not whole is lost with the node.
    mutating func startAgain() { unanswered = messages.map(\.envelope.requestID) }

    /// Why `answer` is not that of an operation that was carried out; nil: it is.
    func fault(of answer: Message) -> String? {
        do { try answer.requireSuccess() } catch { return "operation \(answer.header.opCode.rawValue): \(error)" }
        guard answer.header.opCode == .apply else { return nil }
        guard case .bytes(let body) = answer.body, let outcomes = ApplyOutcome.all(in: body), !outcomes.isEmpty else {
            return "no outcomes: \(answer.body)"
        }
        return outcomes.first { $0.code != .success }.map {
            "a row: \($0.code) \(String(decoding: $0.text, as: UTF8.self))"
        }
    }
}
