/// At how many refused records an import stops: `100`, or `1%` of those read.
enum RejectLimit: Equatable {
    case count(Int)
    /// Of a hundred records.
    case percent(Double)

    /// A share means little before this many records were read.
    private static let recordCountMin = 1_000

    init?(_ text: String) {
        if text.hasSuffix("%") {
            guard let share = Double(text.dropLast()), share >= 0, share <= 100 else { return nil }
            self = .percent(share)
        } else {
            guard let count = Int(text), count >= 0 else { return nil }
            self = .count(count)
        }
    }

    /// Whether `rejected` of `read` records are too many; `isEnd`: no more come.
    func isPassed(rejected: Int, read: Int, isEnd: Bool) -> Bool {
        switch self {
        case .count(let most): rejected > most
        case .percent(let share):
            (isEnd || read >= Self.recordCountMin) && Double(rejected) * 100 > share * Double(read)
        }
    }
}
