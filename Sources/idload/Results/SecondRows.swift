/// The seconds of a run, kept for its result: never more rows than a bound, however long it goes on.
struct SecondRows: Sendable {
    /// An hour of seconds. Longer runs have several seconds to a row.
    static let countMax = 3_600

    /// Rows that have ended.
    private(set) var rows: [SecondRow] = []
    /// How many seconds a row has; the last one, and the last of a warm-up, may have fewer.
    private(set) var secondsEach: Int
    private var open = LoadSecond()
    private var openCount = 0

    /// For a run of about so many seconds. One that takes longer has its rows joined two by two, which leaves them
    /// without percentiles but the longest time; a run that keeps its time does not come to that.
    init(plannedSeconds: Double) {
        // A run goes on for a timeout after its last question, and its warm-up may end within a row.
        let rows = (min(plannedSeconds, 1e9) + 62) / Double(Self.countMax - 2)
        secondsEach = plannedSeconds + 62 <= Double(Self.countMax) ? 1 : Int(rows.rounded(.up))
    }

    /// Takes a second that has ended.
    mutating func add(_ second: LoadSecond) {
        if openCount > 0, open.isMeasured != second.isMeasured { endRow() }
        if openCount == 0 { open = second } else { open.append(second) }
        openCount += 1
        if openCount >= secondsEach { endRow() }
    }

    /// The rows with what is left of the last one.
    var all: [SecondRow] { openCount > 0 ? rows + [SecondRow(open)] : rows }

    private mutating func endRow() {
        guard openCount > 0 else { return }
        if rows.count >= Self.countMax - 1 { joinPairs() }
        rows.append(SecondRow(open))
        openCount = 0
    }

    private mutating func joinPairs() {
        rows = stride(from: 0, to: rows.count, by: 2).map { place in
            var row = rows[place]
            if place + 1 < rows.count { row.join(rows[place + 1]) }
            return row
        }
        secondsEach *= 2
    }
}
