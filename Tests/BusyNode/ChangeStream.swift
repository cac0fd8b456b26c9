internal import EventLoop
internal import Glibc
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import Synchronization

/// Changes at a steady rate: identifiers made, given other values and removed, none of those that are asked for.
struct ChangeStream: Sendable {
    /// Identifiers that change.
    private static let identifierCount = 100_000
    /// How often changes are handed over, a second.
    private static let turnsPerSecond = 100

    private let log: LMDBChangeLog
    private let perSecond: Int

    init(_ log: LMDBChangeLog, perSecond: Int) {
        self.log = log
        self.perSecond = perSecond
    }

    func run(until isStopping: borrowing Atomic<Bool>) {
        var random = SystemRandomNumberGenerator()
        let start = SystemClock.monotonicNanoseconds()
        var made = 0
        while !isStopping.load(ordering: .relaxed) {
            let elapsed = Double(SystemClock.monotonicNanoseconds() - start) / 1e9
            // What the queue does not take is left out, not caught up.
            let due = Int(elapsed * Double(perSecond))
            for number in made..<max(made, due) where !append(number, &random) { break }
            made = due
            usleep(useconds_t(1_000_000 / Self.turnsPerSecond))
        }
    }

    private func append(_ number: Int, _ random: inout SystemRandomNumberGenerator) -> Bool {
        let item = Int.random(in: 0..<Self.identifierCount, using: &random)
        guard let name = try? Identifier(Array("88.118.8/change-\(item)".utf8)) else { return false }
        let data = Array("https://example.org/\(item)/\(random.next())".utf8)
        let change: Command.Change =
            item % 10 == number % 10
            ? .remove(name: name, expecting: .anything)
            : .put(
                name: name,
                values: [HandleValue(index: 1, type: Array("URL".utf8), data: data)],
                expecting: .anything
            )
        return log.append(Command(change, unixSeconds: UInt64(time(nil)), origin: [])) { result in
            if case .failure(let error) = result { BusyNode.say("\(error)", to: 2) }
        }
    }
}
