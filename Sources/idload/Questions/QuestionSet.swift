internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// All questions of a run, each written once: what follows the envelope lies ready to be sent.
///
/// Questions `0..<knownCount` are about identifiers that were given; those after them about ones that do not exist.
/// Once a run has begun none is added, and all threads may read it.
final class QuestionSet {
    private var messages = WireWriter(capacity: 1 << 20, byteCountMax: 1 << 36)
    private var starts = MessageStarts()
    /// Of the known ones, where values are compared.
    private var expected: [UInt64] = []
    private(set) var knownCount = 0
    /// nil: questions about identifiers.
    let names: NameQuestion?
    /// The first that cannot be asked for.
    private(set) var unusable: [UInt8]?
    private let expiration: UInt32

    init(names: NameQuestion? = nil) {
        self.names = names
        expiration =
            UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds()) &+ Header.lifetimeSeconds
    }

    /// The messages' places, for whoever looks at many of them. Valid until the next question is added.
    var messagesInPlace: MessagesInPlace {
        MessagesInPlace(base: messages.address(of: 0), starts: starts.address)
    }

    var count: Int { starts.count - 1 }
    var missingCount: Int { count - knownCount }

    /// Adds a question about an identifier that exists; `values` is what its answer must hold.
    func add(_ identifier: [UInt8], values: ValueDigest? = nil) {
        append(identifier)
        knownCount = count
        if let values { expected.append(values.word) }
    }

    /// Adds `count` questions about identifiers next to known ones that do not exist.
    func addMissing(_ count: Int, numbers: inout SeededNumbers) {
        guard knownCount > 0 else { return }
        for number in 0..<count {
            let known = identifier(of: numbers.below(knownCount))
            if let names {
                append(names.missing(nextTo: known, number: Int(numbers.next() >> 40), place: number))
                continue
            }
            // A suffix that nobody registers, of a length that still fits.
            let head = known.prefix(IdentifierGrammar.byteCountMax - 40)
            append(head + Array("-missing-\(numbers.next() >> 32)-\(number)".utf8))
        }
    }

    /// What follows the envelope. Valid until the next question is added.
    func message(of question: Int) -> UnsafeRawBufferPointer { messagesInPlace[question] }

    /// The identifier that is asked for, where questions are about identifiers. Valid until the next question is added.
    func identifierBytes(of question: Int) -> UnsafeRawBufferPointer {
        let message = message(of: question)
        // Behind it: its length came before, and two empty lists and the credential's length follow.
        return UnsafeRawBufferPointer(rebasing: message[Self.identifierOffset..<message.count - 12])
    }

    /// The same as people write it.
    func identifier(of question: Int) -> [UInt8] {
        guard let names else { return Array(identifierBytes(of: question)) }
        return names.text(of: message(of: question))
    }

    func isMissing(_ question: Int) -> Bool { question >= knownCount }

    /// What the values must come to; nil: not to be compared.
    func expectedWord(of question: Int) -> UInt64? {
        expected.isEmpty || isMissing(question) ? nil : expected[question]
    }

    private func append(_ identifier: [UInt8]) {
        if let names {
            guard let message = names.message(about: identifier) else {
                unusable = unusable ?? identifier
                return
            }
            messages.bytes(message)
            return starts.append(messages.count)
        }
        var header = Header(opCode: .resolution, expiration: expiration)
        header.bodyLength = UInt32(truncatingIfNeeded: identifier.count + 12)
        header.write(to: &messages)
        ResolutionRequest(identifier: identifier).write(to: &messages)
        messages.uint32(0)
        starts.append(messages.count)
    }

    private static let identifierOffset = Header.byteCount + 4
}
