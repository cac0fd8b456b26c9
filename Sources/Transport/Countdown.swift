internal import Synchronization

/// Calls a closure when as many have arrived as were expected.
final class Countdown: Sendable {
    private let remaining: Atomic<Int>
    private let then: @Sendable () -> Void

    init(_ count: Int, then: @escaping @Sendable () -> Void) {
        remaining = Atomic(count)
        self.then = then
    }

    func arrive() {
        if remaining.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { then() }
    }
}
