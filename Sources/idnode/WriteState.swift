internal import StorageLMDB
internal import Synchronization

/// Whether changes are taken: what the store's writer thread last said, and what the configuration says. For status,
/// metrics, and those who ask for a change.
final class WriteState: Sendable {
    private struct State {
        var text = "ok"
        var isConfiguredReadOnly = false
        var observer: Observer?
    }

    private struct Observer: Sendable {
        let changed: @Sendable (String?) -> Void
    }

    private let state = Mutex(State())

    /// `ok`, `full` or `failed`.
    var text: String { state.withLock { $0.text } }

    /// Why no change is taken; nil: changes are taken.
    var readOnlyReason: String? { state.withLock { Self.reason($0) } }

    func note(_ event: StoreEvent) {
        switch event {
        case .storageFull: change { $0.text = "full" }
        case .storageHasRoom: change { $0.text = "ok" }
        case .failed: change { $0.text = "failed" }
        default: break
        }
    }

    /// Takes changes no more, or again, because the operator says so.
    func setReadOnly(_ isReadOnly: Bool) { change { $0.isConfiguredReadOnly = isReadOnly } }

    /// Has `changed` called with the reason of now, and whenever that may be another one.
    func observe(_ changed: @escaping @Sendable (String?) -> Void) {
        change { $0.observer = Observer(changed: changed) }
    }

    private func change(_ body: (inout State) -> Void) {
        let (observer, reason) = state.withLock { state in
            body(&state)
            return (state.observer, Self.reason(state))
        }
        observer?.changed(reason)
    }

    private static func reason(_ state: State) -> String? {
        switch state.text {
        case "failed": "the disk failed: no change is taken until an operator has looked"
        // The writer finds out by itself when there is room again: what it is asked meanwhile it refuses by itself.
        default: state.isConfiguredReadOnly ? "the operator has made this node read-only" : nil
        }
    }
}
