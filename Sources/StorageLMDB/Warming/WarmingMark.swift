internal import Synchronization

/// Whether the data file is being brought into memory.
final class WarmingMark: Sendable {
    private let isSet = Atomic<Bool>(false)

    var isUnderWay: Bool { isSet.load(ordering: .acquiring) }

    func set(_ isUnderWay: Bool) { isSet.store(isUnderWay, ordering: .releasing) }
}
