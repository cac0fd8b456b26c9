internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// One line of an identifier's history: what was done, when, by whom; without the values.
struct HistoryChange {
    /// What was done, by the word for programs.
    enum Action: String {
        case created
        case changed
        /// Created or changed: what was before has been dropped from the log.
        case written
        case deleted
        /// By a bulk load.
        case loaded
        /// Nothing: what it was when the log was trimmed.
        case kept
        /// The terms of the prefix were set; its record is as it was.
        case prefix
    }

    /// A digest of values as far as it is known.
    enum Digest: Equatable {
        case of([UInt8])
        /// There were no values.
        case none
        case unknown
    }

    let sequence: UInt64
    /// The change that made the values; another one than `sequence` where they were kept.
    let changeSequence: UInt64
    let unixSeconds: UInt64
    let action: Action
    /// How many values it had afterwards.
    let valueCount: Int
    /// The audit line; nil: `origin` is a tool's free text.
    let audit: Audit?
    let origin: [UInt8]
    /// Not known where only the terms of a prefix changed.
    let before: Digest
    let after: Digest
    /// The terms of the prefix; nil: none were set.
    let terms: PrefixRow?

    /// The change of `entry`, before which `previous` is the last one about the record in the log.
    init(_ entry: HistoryEntry, after previous: HistoryEntry?, start: LogStart) {
        let state = HistoricState.between(previous, entry, start: start)
        sequence = entry.sequence
        changeSequence = entry.changeSequence
        unixSeconds = entry.unixSeconds
        valueCount = entry.values.count
        audit = entry.audit
        origin = entry.origin
        action =
            switch (entry.kind, state) {
            case (.removed, _): .deleted
            case (.load, _): .loaded
            case (.base, _): .kept
            case (.put, .absent): .created
            case (.put, .present): .changed
            case (.put, .unknown): .written
            case (.prefix, _), (.prefixRemoved, _): .prefix
            }
        if case .prefix(let row) = entry.kind { terms = row } else { terms = nil }
        after = entry.isOfRecord ? Self.digest(entry.digest) : .unknown
        before =
            switch entry.kind {
            case .put, .removed, .load: Self.digest(before: state, audit)
            case .base, .prefix, .prefixRemoved: after
            }
    }

    private static func digest(before state: HistoricState, _ audit: Audit?) -> Digest {
        switch state {
        case .present(let entry): digest(entry.digest)
        case .absent: .none
        case .unknown: audit.map { digest($0.before) } ?? .unknown
        }
    }

    private static func digest(_ bytes: [UInt8]?) -> Digest { bytes.map { .of($0) } ?? .none }

    /// Whether the node's operator asked for it by the control socket.
    var isOperator: Bool { audit?.isOfOperator ?? false }

    /// The address it came from; nil: by the control socket, or not known.
    var source: SocketAddress? {
        guard let audit, !isOperator else { return nil }
        let source = audit.source
        guard source.high == 0, source.low >> 32 == 0xFFFF else {
            return SocketAddress(ipv6High: source.high, low: source.low, port: audit.port)
        }
        return SocketAddress(ipv4: UInt32(truncatingIfNeeded: source.low), port: audit.port)
    }

    /// What carried the request; nil: not known.
    var transport: String? {
        guard let audit else { return nil }
        if isOperator { return "control" }
        return switch audit.transport {
        case 0: "udp"
        case 1: "tcp"
        case 2: "tls"
        default: "\(audit.transport)"
        }
    }
}
