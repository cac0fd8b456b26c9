internal import Synchronization

/// A thread's way back to the object that owns it, and is made after it. It does not keep the owner alive: an owner
/// ends its thread before it goes.
final class ThreadOwner<Owner: AnyObject & Sendable>: Sendable {
    private struct Unowned: Sendable { unowned let owner: Owner }

    private let box = Mutex<Unowned?>(nil)

    /// nil: it has not been said yet.
    var owner: Owner? { box.withLock { $0?.owner } }

    func set(_ owner: Owner) { box.withLock { $0 = Unowned(owner: owner) } }
}
