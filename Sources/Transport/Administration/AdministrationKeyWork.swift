package import Resolution

/// What administration has the key thread compute; results are steps of administration.
package final class AdministrationKeyWork: KeyWork {
    private let keys: KeyThread
    private let place: StepPlace

    /// Has `keys` compute; results go to `place`.
    package init(keys: KeyThread, place: StepPlace) {
        self.keys = keys
        self.place = place
    }

    package func run(_ work: @escaping @Sendable () -> AdministrationStep) -> Bool {
        let place = self.place
        return keys.run { place.post(work()) }
    }
}
