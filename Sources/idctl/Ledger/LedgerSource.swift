internal import Console
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// Where a node's ledger is read: from its control socket while it runs, else from its directory.
protocol LedgerSource {
    /// How a person calls it.
    var name: String { get }
    /// How far the ledger has come; nil: it has not begun.
    func state() throws(CommandFailure) -> LedgerState?
    /// All identities that it tells.
    func identities() throws(CommandFailure) -> [LedgerIdentity]
    /// The number of the entry that closed `day`.
    func entry(closing day: CountDay) throws(CommandFailure) -> UInt64
    /// Heads from entry `first` on, some of them; none: there are no more.
    func heads(from first: UInt64) throws(CommandFailure) -> [LedgerHead]
    /// Frames from `place` on, some of them, and where the rest begins; nil: there is no more.
    func frames(from place: LedgerPlace) throws(CommandFailure) -> (bytes: [UInt8], next: LedgerPlace?)
    /// The node's own counts of a day.
    func counts(of day: CountDay) throws(CommandFailure) -> CountReport
}

/// The ledger in a directory of which this process alone makes use, or that it only reads.
struct StoredLedger: LedgerSource {
    private static let byteCount = 4 << 20
    private static let headCountMax = 8_192

    let store: Store
    var name: String { store.directory }

    func state() throws(CommandFailure) -> LedgerState? {
        try read { () throws(StoreError) in try store.ledgerState() }
    }

    func identities() throws(CommandFailure) -> [LedgerIdentity] {
        try read { () throws(StoreError) in try store.ledgerIdentities() }
    }

    func entry(closing day: CountDay) throws(CommandFailure) -> UInt64 {
        try read { () throws(StoreError) in try store.ledgerEntry(closing: day) }
    }

    func heads(from first: UInt64) throws(CommandFailure) -> [LedgerHead] {
        try read { () throws(StoreError) in try store.ledgerHeads(from: first, countMax: Self.headCountMax) }
    }

    func frames(from place: LedgerPlace) throws(CommandFailure) -> (bytes: [UInt8], next: LedgerPlace?) {
        try read { () throws(StoreError) in try store.ledgerFrames(from: place, byteCount: Self.byteCount) }
    }

    func counts(of day: CountDay) throws(CommandFailure) -> CountReport {
        try read { () throws(StoreError) in try CountSource.report(of: store, day: day) }
    }

    private func read<Value>(_ body: () throws(StoreError) -> Value) throws(CommandFailure) -> Value {
        do throws(StoreError) { return try body() } catch { throw CommandFailure(.store(error)) }
    }
}

/// The ledger of a running node.
struct NodeLedger: LedgerSource {
    /// The control socket.
    let socket: String
    var name: String { socket }

    func state() throws(CommandFailure) -> LedgerState? {
        let bytes = try ask(.state)
        return bytes.isEmpty ? nil : try read(LedgerState.self, bytes)
    }

    func identities() throws(CommandFailure) -> [LedgerIdentity] {
        try frames(of: try ask(.identities)).map { frame throws(CommandFailure) in
            try read(LedgerIdentity.self, frame.content)
        }
    }

    func entry(closing day: CountDay) throws(CommandFailure) -> UInt64 {
        try read(LedgerPlace.self, try ask(.closing(day))).entry
    }

    func heads(from first: UInt64) throws(CommandFailure) -> [LedgerHead] {
        try frames(of: try ask(.heads(from: first))).map { frame throws(CommandFailure) in
            try read(LedgerHead.self, frame.content)
        }
    }

    func frames(from place: LedgerPlace) throws(CommandFailure) -> (bytes: [UInt8], next: LedgerPlace?) {
        let answer = try ask(.frames(from: place))
        let next = try read(LedgerPlace.self, Array(answer.prefix(LedgerPlace.byteCountMin)))
        return (Array(answer.dropFirst(LedgerPlace.byteCountMin)), next == .end ? nil : next)
    }

    func counts(of day: CountDay) throws(CommandFailure) -> CountReport {
        try CountSource.fromNode(socket, day: day)
    }

    private func ask(_ question: LedgerQuestion) throws(CommandFailure) -> [UInt8] {
        try ControlAsking.ask(socket, .ledger, argument: question.wire)
    }

    private func frames(of bytes: [UInt8]) throws(CommandFailure) -> [LedgerFrame] {
        var reader = LedgerFrameReader()
        reader.append(bytes)
        var frames: [LedgerFrame] = []
        while let found = reader.next(isLast: true) {
            guard case .frame(let frame, _) = found else { throw CommandFailure(.unreadableLedgerAnswer(socket)) }
            frames.append(frame)
        }
        return frames
    }

    private func read<Value: WireCodable>(_ type: Value.Type, _ bytes: [UInt8]) throws(CommandFailure) -> Value {
        do throws(WireError) { return try Value(wire: bytes) } catch {
            throw CommandFailure(.unreadableLedgerAnswer(socket))
        }
    }
}
