internal import Resolution
internal import ResolutionProtocol

/// Outcomes that follow each other and are the same, or `done` with sequence numbers without gaps.
struct OutcomeRun {
    private(set) var count = 1
    private let first: CommandOutcome

    init(first: CommandOutcome) { self.first = first }

    /// Outcome `place` of the run.
    func outcome(at place: Int) -> CommandOutcome {
        guard case .done(let sequence) = first else { return first }
        return .done(sequence: sequence &+ UInt64(place))
    }

    /// Whether `outcome` goes on where the run ends; it is of the run then.
    mutating func take(_ outcome: CommandOutcome) -> Bool {
        guard self.outcome(at: count) == outcome else { return false }
        count += 1
        return true
    }

    private enum Kind: UInt8 {
        case done = 1
        case alreadyExists = 2
        case absent = 3
        case sequenceDiffers = 4
        case refused = 5
        case quotaReached = 6
        case decided = 7
        case notApplied = 8
    }

    init(from reader: inout WireReader) throws(WireError) {
        guard let kind = Kind(rawValue: try reader.uint8()) else { throw .invalidField }
        count = Int(try reader.uint32())
        switch kind {
        case .done: first = .done(sequence: try reader.uint64())
        case .alreadyExists: first = .alreadyExists
        case .absent: first = .absent
        case .sequenceDiffers: first = .sequenceDiffers(current: try reader.uint64())
        case .refused: first = .refused(try RefusalReason(formCode: try reader.uint8()))
        case .quotaReached: first = .quotaReached(countMax: try reader.uint64())
        case .decided: first = .decided(code: try reader.uint32(), text: try reader.lengthPrefixedBytes())
        case .notApplied: first = .notApplied
        }
    }

    func write(to writer: inout WireWriter) {
        func head(_ kind: Kind, _ writer: inout WireWriter) {
            writer.uint8(kind.rawValue)
            writer.uint32(UInt32(truncatingIfNeeded: count))
        }
        switch first {
        case .done(let sequence):
            head(.done, &writer)
            writer.uint64(sequence)
        case .alreadyExists: head(.alreadyExists, &writer)
        case .absent: head(.absent, &writer)
        case .sequenceDiffers(let current):
            head(.sequenceDiffers, &writer)
            writer.uint64(current)
        case .refused(let reason):
            head(.refused, &writer)
            writer.uint8(reason.formCode)
        case .quotaReached(let countMax):
            head(.quotaReached, &writer)
            writer.uint64(countMax)
        case .decided(let code, let text):
            head(.decided, &writer)
            writer.uint32(code)
            writer.lengthPrefixedBytes(text)
        case .notApplied: head(.notApplied, &writer)
        }
    }
}

extension RefusalReason {
    /// Its number in the data file.
    fileprivate var formCode: UInt8 {
        switch self {
        case .tooManyValues: 1
        case .tooLarge: 2
        case .noValues: 3
        case .keyCollision: 4
        case .invalidPrefix: 5
        case .prefixInUse: 6
        }
    }

    fileprivate init(formCode: UInt8) throws(WireError) {
        let known: [RefusalReason] = [
            .tooManyValues, .tooLarge, .noValues, .keyCollision, .invalidPrefix, .prefixInUse,
        ]
        guard let reason = known.first(where: { $0.formCode == formCode }) else { throw .invalidField }
        self = reason
    }
}
