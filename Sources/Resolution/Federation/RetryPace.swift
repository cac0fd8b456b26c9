/// When to try again after the level above did not do what was asked: the wait doubles from one second to ten minutes,
/// and a quarter of it is by chance, so that many nodes do not come back at once (F1).
package struct RetryPace: Sendable {
    package static let secondsMin: UInt64 = 1
    package static let secondsMax: UInt64 = 600

    /// Failures since the last success.
    package private(set) var failureCount: UInt64 = 0

    package init() {}

    /// Notes a success.
    package mutating func succeed() { failureCount = 0 }

    /// Notes a failure; returns the milliseconds to wait.
    package mutating func fail(using generator: inout some RandomNumberGenerator) -> UInt64 {
        let doublings = min(failureCount, 10)
        failureCount &+= 1
        let whole = min(Self.secondsMax, Self.secondsMin << doublings) * 1_000
        return whole - UInt64.random(in: 0...whole / 4, using: &generator)
    }
}
