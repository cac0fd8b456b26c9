/// Steps that wait for a time, in bounded number.
struct DelayedSteps {
    private static let countMax = 1_000

    private var steps: [UInt64: [AdministrationStep]] = [:]
    private(set) var count = 0

    /// Keeps `step` until `second`; false: there is no room.
    mutating func insert(_ step: @escaping AdministrationStep, at second: UInt64) -> Bool {
        guard count < Self.countMax else { return false }
        steps[second, default: []].append(step)
        count += 1
        return true
    }

    /// The steps whose time has come.
    mutating func due(_ second: UInt64) -> [AdministrationStep] {
        guard count > 0 else { return [] }
        let seconds = steps.keys.filter { $0 <= second }.sorted()
        let due = seconds.flatMap { steps.removeValue(forKey: $0) ?? [] }
        count -= due.count
        return due
    }
}
