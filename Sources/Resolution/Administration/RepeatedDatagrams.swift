internal import ResolutionProtocol

/// Requests that came as datagrams, with their answers, for a few seconds: a copy, sent as an answer was lost or slow,
/// is answered as the first was, and not carried out (reliability case P14). Bounded in number, bytes and time.
struct RepeatedDatagrams {
    /// What copies have in common, besides their content.
    struct Name: Hashable {
        let source: QuerySource
        let port: UInt16
        let requestID: UInt32
    }

    /// What is known of a request.
    enum Standing {
        /// Under this number its answer is to be noted.
        case new(UInt64)
        /// It is being worked on; whoever sent the copy is answered with the first.
        case underWay
        case answered(AdministrationAnswer)
    }

    private struct Entry {
        let number: UInt64
        let content: [UInt8]
        let requestByteCount: Int
        let expiry: UInt64
        var answer: AdministrationAnswer?
        var waiting: [@Sendable (AdministrationAnswer) -> Void] = []

        var byteCount: Int { content.count + (answer?.bytes.count ?? 0) + 128 }
    }

    private static let keepSeconds: UInt64 = 10
    private static let countMax = 4_096
    private static let byteCountMax = 16 << 20
    private static let copiesMax = 16

    private var entries: [Name: Entry] = [:]
    private var order = AgeQueue<Name>()
    private var byteCount = 0
    private var lastNumber: UInt64 = 0

    /// What is known of `call`; one that is new is known from now on.
    mutating func note(_ call: AdministrationCall, seconds: UInt64) -> Standing {
        let name = Name(call)
        let requestByteCount = call.request.bytes.count
        if let entry = entries[name], entry.content == call.content, entry.requestByteCount == requestByteCount,
            seconds < entry.expiry
        {
            if let answer = entry.answer { return .answered(answer) }
            if entry.waiting.count < Self.copiesMax { entries[name]?.waiting.append(call.request.answer) }
            return .underWay
        }
        remove(name)
        lastNumber += 1
        insert(
            Entry(
                number: lastNumber,
                content: call.content,
                requestByteCount: requestByteCount,
                expiry: seconds + Self.keepSeconds
            ),
            name
        )
        return .new(lastNumber)
    }

    /// Notes how a request was answered, and answers its copies. One whose place another request has taken, under the
    /// same RequestId, is not known any more.
    mutating func settle(_ call: AdministrationCall, _ answer: AdministrationAnswer) {
        let name = Name(call)
        guard let known = entries[name], known.number == call.datagramNumber, known.answer == nil,
            var entry = take(name)
        else { return }
        for copy in entry.waiting { copy(answer) }
        entry.waiting = []
        entry.answer = answer
        insert(entry, name)
    }

    private mutating func insert(_ entry: Entry, _ name: Name) {
        while entries.count >= Self.countMax || byteCount + entry.byteCount > Self.byteCountMax {
            guard let oldest = order.first else { return }
            remove(oldest)
        }
        entries[name] = entry
        byteCount += entry.byteCount
        order.touch(name)
    }

    private mutating func take(_ name: Name) -> Entry? {
        guard let entry = entries.removeValue(forKey: name) else { return nil }
        byteCount -= entry.byteCount
        order.remove(name)
        return entry
    }

    /// Forgets a request; its copies get no answer of their own, as the first one's is on its way.
    private mutating func remove(_ name: Name) {
        for copy in take(name)?.waiting ?? [] { copy(.none) }
    }

    /// Forgets what is long past.
    mutating func expire(seconds: UInt64) {
        while let oldest = order.first, let entry = entries[oldest], seconds >= entry.expiry { remove(oldest) }
    }
}

extension RepeatedDatagrams.Name {
    init(_ call: AdministrationCall) {
        source = call.peer.source
        port = call.peer.port
        requestID = call.answerRequestID
    }
}

extension Administration {
    /// Whether `call` is to be worked on; the copy of a datagram has been answered, or is going to be with the first.
    func isNew(_ call: inout AdministrationCall) -> Bool {
        guard call.peer.isDatagram, !call.opCode.isPublicQuestion else { return true }
        switch datagrams.note(call, seconds: now.seconds) {
        case .new(let number):
            call.datagramNumber = number
            return true
        case .underWay: return false
        case .answered(let answer):
            figures.repeatCount += 1
            call.request.answer(answer)
            return false
        }
    }

    /// Gives `answer` to the way back.
    func deliver(_ answer: AdministrationAnswer, to call: AdministrationCall) {
        call.request.answer(answer)
        if call.peer.isDatagram { datagrams.settle(call, answer) }
    }
}
