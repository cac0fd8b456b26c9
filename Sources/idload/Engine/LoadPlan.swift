internal import Cryptography
internal import EventLoop

/// What a run does; checked when it is made from the command line.
struct LoadPlan: Sendable {
    /// What carries the questions.
    enum Carrier: String, Sendable, CaseIterable {
        case udp
        case tcp
        case tls
        /// Questions of the domain name system, as datagrams.
        case dns
        /// Creating and changing identifiers, over TCP, as who may.
        case admin

        /// As people write it.
        var name: String {
            switch self {
            case .udp: "UDP"
            case .tcp: "TCP"
            case .tls: "TLS"
            case .dns: "DNS"
            case .admin: "administration"
            }
        }
    }

    /// How far an answer is looked at.
    enum Verification: String, Sendable, CaseIterable {
        /// It decodes, and bears the RequestId, code and identifier it must.
        case id
        /// Its values are those of the expected registry, too.
        case full
    }

    /// What decides when a question is sent.
    enum Loop: Sendable, Equatable {
        /// A schedule, which does not wait for answers; what the generator is too late for is caught up or left out.
        case open(Schedule, catchesUp: Bool)
        /// An answer, or the giving up of a question: so many are under way at a time, and no more are sent in a
        /// second than the rate, if there is one.
        case closed(outstanding: Int, ratePerSecondMax: Double?, seconds: Double, warmupSeconds: Double)
    }

    /// Seconds after which a run that is for a number of questions ends in any case: three years.
    fileprivate static let secondsMax = 1e8

    /// As gentle as to be allowed anywhere, within reach of any machine, and in ten seconds enough for a p99.9.
    static let ratePerSecondDefault = 1_000.0

    /// A run asks so many threads at most.
    static let threadCountMax = 64
    /// Questions under way that all channels of a thread remember together.
    private static let outstandingCapacityMax = 1 << 20
    /// What each of many channels remembers nevertheless.
    private static let outstandingCapacityMin = 1 << 17

    /// What is asked; one at least.
    var targets: [LoadTarget]
    /// How many threads send.
    var threadCount = 1
    var loop = Loop.open(Schedule(.constant(ratePerSecondDefault), seconds: 10), catchesUp: false)
    var keys = KeyChoice.usual
    /// Sockets or connections of each thread and target, that the questions go over in turn.
    var connections = 4
    /// Connections are closed after so many questions; nil: they stay.
    var questionsPerConnection: Int?
    /// Addresses of this machine that sockets are bound to in turn; empty: the system chooses.
    var sources: [SocketAddress] = []
    /// Whom TLS takes for each target.
    var security: [SocketAddress: TLSContext] = [:]
    /// What is asked about names; nil: about identifiers.
    var names: NameQuestion?
    /// What is written, where anything is.
    var writes: WritePlan?
    /// A question without an answer after this time is lost.
    var timeoutNanoseconds: UInt64 = 1_000_000_000
    var verification = Verification.id
    /// How many of 100 questions are about identifiers that do not exist.
    var missingPercent = 0.0
    var seed: UInt64
    /// The run ends with so many questions; nil: with its time.
    var questionCountMax: UInt64?
    /// Questions of earlier parts of the run, which asked in order: there it goes on.
    var askedBefore: UInt64 = 0
    /// Where the rate of an open loop can be changed while it goes on; nil: it cannot.
    var rateChanges: RateChanges?
    /// By whom the run can be ended.
    let stop = RunStop()

    init(targets: [LoadTarget], seed: UInt64) {
        self.targets = targets
        self.seed = seed
    }

    init(target: SocketAddress, carrier: Carrier = .udp, seed: UInt64) {
        self.init(targets: [LoadTarget(address: target, carrier: carrier)], seed: seed)
    }

    /// How many questions a channel of a thread remembers: a power of two.
    var outstandingCapacity: Int {
        var capacity = Self.outstandingCapacityMax
        while capacity * targets.count > Self.outstandingCapacityMax, capacity > Self.outstandingCapacityMin {
            capacity /= 2
        }
        return capacity
    }

    /// Questions under way are remembered until they are answered or lost: at this rate of an open loop there would be
    /// no place for another.
    var ratePerSecondMax: Double {
        let weights = targets.map(\.weight)
        let share = (weights.max() ?? 1) / max(.leastNonzeroMagnitude, weights.reduce(0, +)) / Double(threadCount)
        return Double(outstandingCapacity) / share / max(0.01, Double(timeoutNanoseconds) / 1e9)
    }

    /// Before the part that is measured.
    var warmupSeconds: Double {
        switch loop {
        case .open(let schedule, _): schedule.warmupSeconds
        case .closed(_, _, _, let seconds): seconds
        }
    }

    /// Warm-up and measured part.
    var nanoseconds: UInt64 {
        switch loop {
        case .open(let schedule, _): schedule.nanoseconds
        case .closed(_, _, let seconds, let warmup): UInt64((seconds + warmup) * 1e9)
        }
    }

    /// Whether anything is asked beside what is written.
    var asksQuestions: Bool { targets.contains { $0.carrier != .admin } }

    /// Whether there are as many persistent connections as questions under way, so that each takes one at a time.
    var isOneAtATime: Bool {
        guard case .closed(let outstanding, _, _, _) = loop, targets.count == 1 else { return false }
        return outstanding <= connections * threadCount
    }

    var isOpen: Bool {
        if case .open = loop { return true }
        return false
    }

    /// Questions under way at a time; nil: as many as it takes.
    var outstandingMax: Int? {
        if case .closed(let outstanding, _, _, _) = loop { return outstanding }
        return nil
    }
}

extension LoadPlan.Loop {
    /// The same as long as it takes, for a run that something else ends; only of a constant rate.
    var withoutEnd: LoadPlan.Loop {
        switch self {
        case .open(let schedule, let catchesUp):
            let endless = Schedule(
                schedule.shape,
                seconds: LoadPlan.secondsMax,
                warmupSeconds: schedule.warmupSeconds
            )
            return .open(endless, catchesUp: catchesUp)
        case .closed(let outstanding, let rate, _, let warmup):
            return .closed(
                outstanding: outstanding,
                ratePerSecondMax: rate,
                seconds: LoadPlan.secondsMax,
                warmupSeconds: warmup
            )
        }
    }
}
