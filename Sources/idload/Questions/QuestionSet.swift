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
    /// Questions that are read while the run goes on, in place of known ones; nil: all are held here.
    var stream: QuestionStream?
    /// Of a thread's own set: whose other questions it has, and where those of the stream lie.
    private let shared: QuestionSet?
    private let slots: UnsafeMutablePointer<QuestionSlot?>?
    /// Response codes that are due for known ones; empty: success.
    var dueCodes: [UInt32] = [] {
        didSet { hasDueCodes = !dueCodes.isEmpty }
    }
    private(set) var hasDueCodes = false
    /// Whether the questions were recorded: of any operation, with a digest asked for or not.
    var areRecorded = false

    init(names: NameQuestion? = nil) {
        shared = nil
        slots = nil
        self.names = names
        expiration =
            UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds()) &+ Header.lifetimeSeconds
    }

    /// A thread's set of questions: those of another one, and those that come by its own part of the stream.
    init(_ other: QuestionSet, slots: UnsafeMutablePointer<QuestionSlot?>) {
        shared = other
        self.slots = slots
        names = other.names
        knownCount = other.knownCount
        expiration = other.expiration
        dueCodes = other.dueCodes
        hasDueCodes = other.hasDueCodes
        areRecorded = other.areRecorded
    }

    /// The messages' places, for whoever looks at many of them. Valid until the next question is added.
    var messagesInPlace: MessagesInPlace {
        var inPlace = shared?.messagesInPlace ?? MessagesInPlace(base: messages.address(of: 0), starts: starts.address)
        inPlace.slots = slots
        return inPlace
    }

    /// How many questions are known, those of a stream as far as it has been read.
    var identifierCount: Int { stream.map { Int(clamping: $0.questionCount) } ?? knownCount }

    var count: Int { starts.count - 1 }
    var missingCount: Int { count - knownCount }

    /// Adds a question about an identifier that exists; `values` is what its answer must hold.
    /// Whether it can be asked for.
    @discardableResult
    func add(_ identifier: [UInt8], types: [[UInt8]] = [], values: ValueDigest? = nil) -> Bool {
        guard append(identifier, types: types) else { return false }
        knownCount = count
        if let values { expected.append(values.word) }
        return true
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
        // Its length came before; two lists and the credential follow.
        guard message.count >= Self.identifierOffset else { return message }
        let byteCount = Int(
            UInt32(bigEndian: message.loadUnaligned(fromByteOffset: Header.byteCount, as: UInt32.self))
        )
        let end = min(message.count, Self.identifierOffset + byteCount)
        return UnsafeRawBufferPointer(rebasing: message[Self.identifierOffset..<end])
    }

    /// Whether some values only are wanted, so that there may be none.
    func hasLists(_ question: Int) -> Bool {
        message(of: question).count > Self.identifierOffset + identifierBytes(of: question).count + 12
    }

    /// What is asked.
    func operation(of question: Int) -> OpCode {
        let message = message(of: question)
        guard message.count >= 4 else { return .resolution }
        return OpCode(rawValue: UInt32(bigEndian: message.loadUnaligned(as: UInt32.self)))
    }

    /// The identifier of a question that was asked, as people write it; empty where it is not held any more, or where
    /// the question is not about one.
    func identifier(of asked: OutstandingTable.Asked) -> [UInt8] {
        guard messagesInPlace.holds(asked), operation(of: asked.question) == .resolution || names != nil else {
            return []
        }
        return identifier(of: asked.question)
    }

    /// The same as people write it.
    func identifier(of question: Int) -> [UInt8] {
        guard let names else { return Array(identifierBytes(of: question)) }
        return names.text(of: message(of: question))
    }

    func isMissing(_ question: Int) -> Bool { question >= knownCount && !StreamedQuestion.isOne(question) }

    /// What the values must come to; nil: not to be compared.
    func expectedWord(of question: Int) -> UInt64? {
        expected.isEmpty || isMissing(question) ? nil : expected[question]
    }

    @discardableResult
    private func append(_ identifier: [UInt8], types: [[UInt8]] = []) -> Bool {
        if let names {
            guard types.isEmpty, let message = names.message(about: identifier) else {
                unusable = unusable ?? identifier
                return false
            }
            messages.bytes(message)
            starts.append(messages.count)
            return true
        }
        var header = Header(opCode: .resolution, expiration: expiration)
        let typesByteCount = types.reduce(0) { $0 + 4 + $1.count }
        header.bodyLength = UInt32(truncatingIfNeeded: identifier.count + 12 + typesByteCount)
        header.write(to: &messages)
        ResolutionRequest(identifier: identifier, types: types.map { WireText($0) }).write(to: &messages)
        messages.uint32(0)
        starts.append(messages.count)
        return true
    }

    private static let identifierOffset = Header.byteCount + 4
}
