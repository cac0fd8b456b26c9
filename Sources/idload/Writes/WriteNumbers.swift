/// Which of a run's numbers are those of one writer, so that threads and targets share them without a word.
struct WriteNumbers: Sendable, Equatable {
    /// From 0.
    let place: Int
    /// How many writers there are.
    let count: Int

    static let whole = WriteNumbers(place: 0, count: 1)

    /// How many numbers it has.
    var countMax: Int { (WritePlan.recordCountMax - place + count - 1) / count }

    /// The number of its record.
    func number(of record: Int) -> Int { record * count + place }

    /// The record that has a number; nil: that is not its own.
    func record(of number: Int) -> Int? { number % count == place ? number / count : nil }
}
