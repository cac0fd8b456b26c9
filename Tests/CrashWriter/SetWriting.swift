internal import Glibc
internal import Resolution
internal import StorageLMDB
internal import StoreSuite
internal import Synchronization

/// Sends the sets of a `SetModel` in order.
enum SetWriting {
    /// Sets that are under way at most.
    private static let underWayMax: UInt64 = 100
    /// Acknowledged sets that are sent once more after a start, as by a client that lost the answers.
    private static let repeatedCount: UInt64 = 20

    /// Word 0 of the journal: number of the newest set that was sent; word 1: of the newest that was acknowledged;
    /// word 2: the seed of the model.
    static func writeForEver(_ directory: String, _ path: String) throws {
        guard let journal = SharedWords(path: path, count: 3) else { CrashWriter.end("no journal") }
        let store = try Store.open(directory: directory, options: CrashWriter.options)
        try store.log.start()
        let model = SetModel(seed: journal[2])
        let acknowledged = journal[1]
        var number = acknowledged - min(acknowledged, repeatedCount)
        while true {
            number += 1
            while number > journal[1] + underWayMax { usleep(100) }
            let isRepeated = number <= acknowledged
            journal[0] = max(journal[0], number)
            append(try model.set(number), to: store) { [number] outcome in
                if isRepeated != outcome.isRepeated, isRepeated { CrashWriter.end("executed twice: \(number)") }
                journal[1] = max(journal[1], number)
            }
        }
    }

    /// Sends `count` sets of the model with seed 1; writes the number of each that is acknowledged to descriptor 3.
    static func write(_ directory: String, count: UInt64) throws {
        let store = try Store.open(directory: directory, options: CrashWriter.options)
        try store.log.start()
        let model = SetModel(seed: 1)
        let acknowledged = Atomic<UInt64>(0)
        for number in 1...max(1, count) {
            // Few at a time, so that there are many transactions.
            while number > acknowledged.load(ordering: .acquiring) + 5 { usleep(50) }
            append(try model.set(number), to: store) { [number] _ in
                withUnsafeBytes(of: number) { _ = Glibc.write(3, $0.baseAddress, $0.count) }
                acknowledged.store(number, ordering: .releasing)
            }
        }
        store.close()
    }

    private static func append(
        _ set: CommandSet,
        to store: Store,
        then: @escaping @Sendable (CommandSetOutcome) -> Void
    ) {
        let isTaken = store.log.append(set) { result in
            guard case .success(let outcome) = result else { CrashWriter.end("\(result)") }
            then(outcome)
        }
        if !isTaken { CrashWriter.end("not taken") }
    }
}
