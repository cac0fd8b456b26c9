public import ResolutionProtocol

/// One request of a batch: where it lies, who asks, and, once it has been through the responder, where its answer lies.
///
/// Plain memory, so that a batch of them costs nothing to make or to pass on.
public struct RequestSlot: BitwiseCopyable, Sendable {
    /// Offset of the envelope in the block of received bytes.
    public var offset: Int
    /// Bytes of envelope and message.
    public var byteCount: Int
    /// Who asks.
    public var origin: OriginClass
    /// Whether it came as a datagram: such an answer is bounded, and an error never larger than the request.
    public var isDatagram: Bool
    /// Port of the asker.
    public var port: UInt16
    /// Address of the asker, all its bits.
    public var source: QuerySource

    /// Offset of the answer in the writer.
    public internal(set) var answerOffset = 0
    /// Bytes of the answer, envelope included; 0: nothing is sent.
    public internal(set) var answerByteCount = 0
    /// Code of the answer, before renumbering for old peers; `.request`: there is none.
    public internal(set) var responseCode = ResponseCode.request
    /// What was asked; `.reserved` where that could not be read.
    public internal(set) var opCode = OpCode.reserved
    /// Why there is no answer.
    public internal(set) var silence = Silence.none
    /// Whether it repeats an earlier datagram.
    public internal(set) var isRepeated = false
    /// Who is to do something about it yet.
    public internal(set) var recipient = Recipient.nobody

    /// Whether it counts as a query: a resolution whose identifier could be read.
    var isQuery = false
    /// Number of the prefix it counts under; 0: not ours.
    var prefixNumber: UInt32 = 0
    /// What remains to be done with it.
    var step = Step.done
    /// Its key in the batch's keys.
    var keyIndex = 0
    var requestID: UInt32 = 0
    var sessionID: UInt32 = 0
    var version = ProtocolVersion.newest
    var flags: OpFlags = []
    var recursionCount: UInt8 = 0
    var siteInfoSerial: UInt16 = 0
    var bodyByteCount = 0
    var layout = ResolutionRequestLayout()

    /// A request of `byteCount` bytes at `offset`.
    public init(
        offset: Int,
        byteCount: Int,
        origin: OriginClass,
        isDatagram: Bool,
        source: QuerySource,
        port: UInt16
    ) {
        self.offset = offset
        self.byteCount = byteCount
        self.origin = origin
        self.isDatagram = isDatagram
        self.source = source
        self.port = port
    }

    /// Who is to do something about a request yet.
    public enum Recipient: UInt8, BitwiseCopyable, Sendable {
        /// Nobody.
        case nobody
        /// Administration is to answer: it has no answer here, and is not counted here.
        case administration
        /// Others are to be asked: it has no answer here, and is not counted here.
        case recursion
        /// It has its answer, from the cache; others are to be asked for whoever comes after its time.
        case refresh
    }

    /// Leaves it to `recipient`, which answers and counts it.
    mutating func leave(to recipient: Recipient) {
        self.recipient = recipient
        isQuery = false
        step = .done
        answerByteCount = 0
        responseCode = .request
    }

    /// What remains to be done with a request.
    enum Step: UInt8, BitwiseCopyable, Sendable {
        case done
        /// Its prefix is known, but not in use.
        case unavailable
        /// Answer with the record found.
        case record
        /// Refer to whom the record found names.
        case serviceReferral
        /// The record, or what its nearest known ancestor says of derived prefixes.
        case derivedPrefixRecord
        /// Refer to whom the ancestor's record names.
        case prefixReferral
    }

    /// Why a request gets no answer.
    public enum Silence: UInt8, BitwiseCopyable, Sendable, CaseIterable {
        /// It gets one.
        case none
        /// Too short to hold an envelope.
        case tooShort
        /// It is a response.
        case isResponse
        /// The error would be larger than the request.
        case errorLargerThanRequest
        /// The answer takes more packets than an unproven source is sent.
        case answerTooLarge
        /// Its network has drawn its packets.
        case limitedByPackets
        /// Its network would draw more bytes than it has sent allow.
        case limitedByBytes
    }
}

/// The requests that walk through the responder together, at most `KeyBatch.capacity`. Used again and again.
public struct RequestBatch: ~Copyable {
    /// The requests; `count` of them are in use.
    public let slots: UnsafeMutablePointer<RequestSlot>
    /// Requests in the batch.
    public private(set) var count = 0
    var keys = KeyBatch()
    var referralKeys = KeyBatch()
    /// A key that is made for the answer cache; empty between two uses.
    var spareKeys = KeyBatch()

    /// An empty batch.
    public init() { slots = .allocate(capacity: KeyBatch.capacity) }

    deinit { slots.deallocate() }

    /// Whether no more fits.
    public var isFull: Bool { count == KeyBatch.capacity }

    /// Adds a request of `byteCount` bytes at `offset`, made where it stays; ignored when the batch is full.
    public mutating func append(
        offset: Int,
        byteCount: Int,
        origin: OriginClass,
        isDatagram: Bool,
        source: QuerySource,
        port: UInt16
    ) {
        guard !isFull else { return }
        (slots + count).initialize(
            to: RequestSlot(
                offset: offset,
                byteCount: byteCount,
                origin: origin,
                isDatagram: isDatagram,
                source: source,
                port: port
            )
        )
        count &+= 1
    }

    /// Adds a request that has been read before; ignored when the batch is full.
    package mutating func append(_ slot: RequestSlot) {
        guard !isFull else { return }
        (slots + count).initialize(to: slot)
        count &+= 1
    }

    /// Forgets all requests.
    public mutating func removeAll() {
        count = 0
        keys.removeAll()
        referralKeys.removeAll()
    }
}
