/// A request that the query path left to administration, with what the answer needs.
public struct AdministrationRequest: Sendable {
    /// Envelope and message, as they came.
    public var bytes: [UInt8]
    /// Who asks, and how.
    public var peer: AdministrationPeer
    /// When it came.
    public var received: BatchTime
    /// Takes the answer, once or, while parts say that more follows, several times; from any thread.
    public var answer: @Sendable (AdministrationAnswer) -> Void

    /// A request.
    public init(
        bytes: [UInt8],
        peer: AdministrationPeer,
        received: BatchTime,
        answer: @escaping @Sendable (AdministrationAnswer) -> Void
    ) {
        self.bytes = bytes
        self.peer = peer
        self.received = received
        self.answer = answer
    }
}

/// Who asks, and how.
public struct AdministrationPeer: Hashable, Sendable {
    /// The asker's address, all its bits.
    public var source: QuerySource
    /// The asker's port.
    public var port: UInt16
    /// What its resolutions count as.
    public var origin: OriginClass
    /// The connection, a number never given to another one of this process; 0: a datagram.
    public var connection: UInt64
    /// Whether it repeats an earlier datagram.
    public var isRepeated: Bool
    /// Whether the connection is encrypted by TLS.
    public var isSecured: Bool
    /// Whom the client's certificate names; nil: it has shown none, or one that names nobody.
    public var certified: CertifiedIdentity?

    /// An asker.
    public init(
        source: QuerySource,
        port: UInt16,
        origin: OriginClass,
        connection: UInt64 = 0,
        isRepeated: Bool = false,
        isSecured: Bool = false,
        certified: CertifiedIdentity? = nil
    ) {
        self.source = source
        self.port = port
        self.origin = origin
        self.connection = connection
        self.isRepeated = isRepeated
        self.isSecured = isSecured
        self.certified = certified
    }

    /// Whether it came as a datagram.
    public var isDatagram: Bool { connection == 0 }
}

/// An answer, or a message of one.
public struct AdministrationAnswer: Sendable {
    /// Messages with their envelopes, back to back; empty: nothing is sent.
    public var bytes: [UInt8]
    /// Its code, for the metrics.
    public var code: UInt32
    /// Nil: this was the last message. Else to be called once these bytes are on their way, for the next one.
    public var more: (@Sendable () -> Void)?
    /// How many seconds its connection may idle from now on, as somebody is logged in on it; 0: no longer than others;
    /// nil: as long as before.
    public var idleSecondsMax: UInt64?
    /// Whether its bytes were dropped, as there was no room for them: its asker can get no answer any more.
    public var isLost: Bool
    /// Whoever has to know for how long the bytes are held.
    public var place: (any AnyObject & Sendable)?

    /// An answer.
    public init(
        bytes: [UInt8],
        code: UInt32,
        more: (@Sendable () -> Void)? = nil,
        idleSecondsMax: UInt64? = nil,
        isLost: Bool = false
    ) {
        self.bytes = bytes
        self.code = code
        self.more = more
        self.idleSecondsMax = idleSecondsMax
        self.isLost = isLost
    }
}
