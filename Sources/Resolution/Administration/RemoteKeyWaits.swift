internal import ResolutionProtocol

/// Those who wait for keys that other nodes keep, by number.
struct RemoteKeyWaits: Sendable {
    typealias Step = @Sendable (Administration, Administration.FoundKeys) -> Void

    /// Whose keys are waited for, and what is done with them.
    struct Wait: Sendable {
        let then: Step
        let user: ValueReference
        /// Until when; seconds of the monotonic clock.
        let deadline: UInt64
    }

    private var waits: [UInt64: Wait] = [:]
    private var nextNumber: UInt64 = 1

    var count: Int { waits.count }

    /// Notes that `then` waits for the keys of `user`, and returns its number.
    mutating func add(_ then: @escaping Step, of user: ValueReference, until deadline: UInt64) -> UInt64 {
        defer { nextNumber += 1 }
        waits[nextNumber] = Wait(then: then, user: user, deadline: deadline)
        return nextNumber
    }

    /// Takes a wait out; nil: its time was over before.
    mutating func remove(_ number: UInt64) -> Wait? { waits.removeValue(forKey: number) }

    /// Takes those out whose time is over at `second`.
    mutating func due(_ second: UInt64) -> [Wait] {
        let numbers = waits.filter { $0.value.deadline <= second }.keys.sorted()
        return numbers.compactMap { waits.removeValue(forKey: $0) }
    }
}
