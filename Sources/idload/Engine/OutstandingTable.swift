/// Which questions are under way, and what became of the last million: a ring in the order of sending.
///
/// RequestIds count up from a random start, so that none comes again for hours, and name their place in the ring.
struct OutstandingTable: ~Copyable {
    /// A question that was sent.
    struct Asked: Equatable {
        let question: Int
        /// When it was to be sent.
        let plannedNanoseconds: UInt64
        let sentNanoseconds: UInt64
    }

    /// What became of an answer's question.
    enum Match: Equatable {
        /// It was under way and now is answered.
        case waiting(Asked)
        /// It had been given up.
        case late(Asked)
        /// It had been answered.
        case duplicate(Asked)
        /// There is no such question, or none that is remembered.
        case unknown
    }

    private enum State: UInt8 {
        case free
        case waiting
        case answered
        case lost
    }

    private struct Entry {
        var plannedNanoseconds: UInt64
        var sentNanoseconds: UInt64
        var requestID: UInt32
        var question: UInt32
        var state: State

        var asked: Asked {
            Asked(question: Int(question), plannedNanoseconds: plannedNanoseconds, sentNanoseconds: sentNanoseconds)
        }
    }

    private let entries: UnsafeMutablePointer<Entry>
    /// Questions remembered.
    private let capacity: Int
    private let firstID: UInt32
    private let timeoutNanoseconds: UInt64
    /// Positions count up for ever; the ring holds the last `capacity` of them.
    private var next: UInt64 = 0
    private var oldest: UInt64 = 0
    /// Questions under way.
    private(set) var waitingCount = 0

    /// `capacity` is a power of two.
    init(firstID: UInt32, timeoutNanoseconds: UInt64, capacity: Int) {
        self.capacity = capacity
        entries = .allocate(capacity: capacity)
        entries.initialize(
            repeating: Entry(plannedNanoseconds: 0, sentNanoseconds: 0, requestID: 0, question: 0, state: .free),
            count: capacity
        )
        self.firstID = firstID & 0x7FFF_FFFF
        self.timeoutNanoseconds = timeoutNanoseconds
    }

    deinit { entries.deallocate() }

    /// Whether another question can be noted: two places, as one may have to stay empty.
    var hasRoom: Bool { next - oldest + 1 < UInt64(capacity) }

    /// Notes a question as under way and returns its RequestId; nil where the ring is full of waiting ones.
    mutating func add(question: Int, plannedNanoseconds: UInt64, nowNanoseconds: UInt64) -> UInt32? {
        guard next - oldest < UInt64(capacity) else { return nil }
        // Id 0 means none: its place in the ring stays empty.
        if id(at: next) == 0 {
            entry(next).pointee.state = .free
            next += 1
        }
        let requestID = id(at: next)
        entry(next).pointee = Entry(
            plannedNanoseconds: plannedNanoseconds,
            sentNanoseconds: nowNanoseconds,
            requestID: requestID,
            question: UInt32(truncatingIfNeeded: question),
            state: .waiting
        )
        next += 1
        waitingCount += 1
        return requestID
    }

    /// Takes the answer to a question.
    mutating func take(_ requestID: UInt32) -> Match {
        guard let entry = find(requestID) else { return .unknown }
        switch entry.pointee.state {
        case .free: return .unknown
        case .answered: return .duplicate(entry.pointee.asked)
        case .lost: return .late(entry.pointee.asked)
        case .waiting:
            entry.pointee.state = .answered
            waitingCount -= 1
            return .waiting(entry.pointee.asked)
        }
    }

    /// Whether the question is under way.
    func isWaiting(_ requestID: UInt32) -> Bool { find(requestID)?.pointee.state == .waiting }

    /// Gives up the oldest question under way, if it has waited too long; nil: none has.
    mutating func giveUp(nowNanoseconds: UInt64) -> Asked? {
        while oldest < next {
            let entry = entry(oldest)
            if entry.pointee.state == .waiting {
                guard nowNanoseconds >= entry.pointee.sentNanoseconds &+ timeoutNanoseconds else { return nil }
                entry.pointee.state = .lost
                waitingCount -= 1
                oldest += 1
                return entry.pointee.asked
            }
            oldest += 1
        }
        return nil
    }

    private func find(_ requestID: UInt32) -> UnsafeMutablePointer<Entry>? {
        guard requestID != 0, requestID <= 0x7FFF_FFFF else { return nil }
        let entry = entries + Int((requestID &- firstID) & UInt32(capacity - 1))
        return entry.pointee.requestID == requestID ? entry : nil
    }

    private func entry(_ position: UInt64) -> UnsafeMutablePointer<Entry> {
        entries + Int(position & UInt64(capacity - 1))
    }

    private func id(at position: UInt64) -> UInt32 {
        (firstID &+ UInt32(truncatingIfNeeded: position)) & 0x7FFF_FFFF
    }
}
