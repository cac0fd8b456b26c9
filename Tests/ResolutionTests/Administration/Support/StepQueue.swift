@testable import Resolution

/// Steps for administration's thread, and the key thread: work is done at once, and its step queued.
final class StepQueue: KeyWork, @unchecked Sendable {
    // Sendable: a test uses it from its own thread alone.
    private var steps: [AdministrationStep] = []
    private var held: [AdministrationStep] = []
    /// Whether the key thread takes no more work.
    var isFull = false
    /// Whether what it has computed waits for `release`.
    var isHeld = false
    /// Pieces of work that it was given.
    private(set) var workCount = 0

    func run(_ work: @escaping @Sendable () -> AdministrationStep) -> Bool {
        guard !isFull else { return false }
        workCount += 1
        if isHeld { held.append(work()) } else { steps.append(work()) }
        return true
    }

    func add(_ step: @escaping AdministrationStep) { steps.append(step) }

    func next() -> AdministrationStep? { steps.isEmpty ? nil : steps.removeFirst() }

    /// Lets go what was held.
    func release() {
        isHeld = false
        steps += held
        held = []
    }
}
