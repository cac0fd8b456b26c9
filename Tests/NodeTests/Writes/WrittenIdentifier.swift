import ResolutionProtocol

/// What an identifier was and is to be, change by change, as its one writer asked for.
struct WrittenIdentifier: Sendable {
    let name: [UInt8]
    /// What it is after each change, from what it was when all was last settled; nil: it does not exist. Values by
    /// index, without times.
    private(set) var states: [[HandleValue]?] = [nil]
    /// How many changes have been answered: the first ones, as those of one identifier are made in order.
    private(set) var acknowledgedCount = 0

    init(name: [UInt8]) { self.name = name }

    /// What it is to be in the end.
    var current: [HandleValue]? { states.last.flatMap { $0 } }

    /// Changes since all was settled.
    var changeCount: Int { states.count - 1 }

    /// Notes a change that is going to be asked for; returns its number, from 1.
    mutating func change(to state: [HandleValue]?) -> Int {
        states.append(state.map(Self.comparable))
        return changeCount
    }

    mutating func acknowledge(_ change: Int) { acknowledgedCount = max(acknowledgedCount, change) }

    /// All that was asked for has been answered and found.
    mutating func settle() {
        states = [current]
        acknowledgedCount = 0
    }

    /// Values by index, without the times that are the node's.
    static func comparable(_ values: [HandleValue]) -> [HandleValue] {
        values.sorted { $0.index < $1.index }.map {
            var value = $0
            value.timestamp = 0
            return value
        }
    }
}
