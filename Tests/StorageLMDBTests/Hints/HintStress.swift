import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Synchronization
import Testing

@testable import StorageLMDB

/// One writer that changes records as fast as it can, and readers that check every byte of every answer, and that no
/// answer is older than one that was acknowledged or seen before. A quarter of the look-ups leaves the index alone.
final class HintStress: @unchecked Sendable {
    // Sendable: the store is made for threads, the model too, and the rest is atomic or in a lock.

    /// What came out.
    struct Outcome {
        var changeCount = 0
        var answerCount = 0
        var hitCount: UInt64 = 0
        var staleCount: UInt64 = 0
        var growthCount = 0
        var violations: [String] = []
    }

    private let store: Store
    private let model: StressModel
    private let seed: UInt64
    private let isStopping = Atomic<Bool>(false)
    private let answerCount = Atomic<Int>(0)
    private let violations = Mutex<[String]>([])
    private let counts = Mutex<[HintReadCounts]>([])

    private init(_ store: Store, _ model: StressModel, seed: UInt64) {
        (self.store, self.model, self.seed) = (store, model, seed)
    }

    /// How much longer a run may go on that has not come to what it is for.
    private static let moreSecondsMax: UInt64 = 120

    /// Runs for `seconds`, and on until there are as many hits and growths as are wanted, where the machine is busy; or
    /// until the first violation.
    static func run(
        _ index: HintIndexOptions?,
        seconds: Int,
        keyCount: Int = 4_000,
        hotCount: Int = 20,
        hitCountMin: UInt64 = 0,
        growthCountMin: Int = 0,
        seed: UInt64
    ) throws -> Outcome {
        let memory = "/dev/shm"
        let directory = access(memory, W_OK) == 0 ? try TemporaryDirectory(in: memory) : try TemporaryDirectory()
        var options = smallOptions
        options.mapSizeBytes = 8 << 30
        options.index = index
        let store = try makeStore(directory, options)
        try store.log.start()
        defer { store.close() }
        let stress = HintStress(store, StressModel(keyCount: keyCount, hotCount: hotCount, seed: seed), seed: seed)
        return try stress.run(seconds: seconds) {
            stress.hitCount >= hitCountMin && stress.growthCount >= growthCountMin
        }
    }

    private var growthCount: Int { store.environment.hints?.figures.growthCount ?? 0 }

    private var hitCount: UInt64 { counts.withLock { $0.reduce(0) { $0 + $1.value(.hits) } } }

    private func run(seconds: Int, until isEnough: () -> Bool) throws -> Outcome {
        let threads = (0..<2).compactMap { number in WorkerThread { [self] in read(number) } }
        var outcome = Outcome()
        var random = SplitMix(seed: seed)
        let end = Clock.monotonicNanoseconds + UInt64(seconds) * 1_000_000_000
        let latest = end + Self.moreSecondsMax * 1_000_000_000
        var groupCount = 0
        while Clock.monotonicNanoseconds < (isEnough() ? end : latest), violations.withLock({ $0.isEmpty }) {
            outcome.changeCount += try writeGroup(&random)
            groupCount += 1
            // The log goes, so that pages are used again and the file stays small.
            if groupCount % 400 == 0 { _ = try store.log.trimHistory(keepDays: 0, now: 1_000_000) }
        }
        isStopping.store(true, ordering: .sequentiallyConsistent)
        for thread in threads { thread.join() }
        outcome.answerCount = answerCount.load(ordering: .relaxed)
        outcome.violations = violations.withLock { $0 }
        outcome.growthCount = growthCount
        for count in counts.withLock({ $0 }) {
            outcome.hitCount += count.value(.hits)
            outcome.staleCount += count.value(.stale)
        }
        return outcome
    }

    /// Sends 1 to 100 changes of different keys, and waits until all are acknowledged.
    private func writeGroup(_ random: inout SplitMix) throws -> Int {
        let keys = Set((0...random.next() % 100).map { _ in model.anyKey(&random) })
        let left = CountDown(keys.count)
        for key in keys {
            let version = model.intended(key) + 1
            model.setIntended(key, version)
            let command = Command(try model.change(key, version), unixSeconds: 1, origin: [])
            let isTaken = store.log.append(command) { [self] result in
                if case .failure(let error) = result { note("key \(key): version \(version): \(error)") }
                model.setAcknowledged(key, version)
                left.note()
            }
            if !isTaken { note("key \(key): the queue was full") }
        }
        left.wait()
        return keys.count
    }

    private func note(_ violation: String) {
        violations.withLock { if $0.count < 10 { $0.append(violation) } }
    }
}

// A reading thread.
extension HintStress {
    private func read(_ number: Int) {
        guard let indexed = try? store.makeReader(), let plain = try? store.makeReader(usingIndex: false) else {
            return note("reader \(number): none was made")
        }
        if let count = indexed.hintCounts { counts.withLock { $0.append(count) } }
        var random = SplitMix(seed: seed &+ UInt64(number) &+ 1)
        var count = 0
        while !isStopping.load(ordering: .relaxed) {
            let word = random.next()
            let keys = (0..<(word & 3 == 0 ? 1 : 32)).map { _ in model.anyKey(&random) }
            check(keys, word >> 8 & 3 == 0 ? plain : indexed, number)
            count += keys.count
        }
        answerCount.wrappingAdd(count, ordering: .relaxed)
    }

    private func check(_ keys: [Int], _ reader: LMDBReader, _ number: Int) {
        var batch = KeyBatch()
        for key in keys { batch.append(key: model.name(key).span.bytes) }
        let oldest = keys.map(model.oldest)
        reader.withRecords(of: batch) { records in
            for (index, key) in keys.enumerated() {
                let place = "reader \(number)\(reader.hintCounts == nil ? " without the index" : ""), key \(key)"
                switch records.status(at: index) {
                case .found:
                    guard let version = model.version(of: key, in: records.record(at: index)) else {
                        note("\(place): not a record that was written")
                        continue
                    }
                    checkOrder(key, version, oldest[index], place)
                case .absent:
                    let possible = oldest[index]...max(oldest[index], model.intended(key))
                    if !possible.contains(where: { model.isRemoval(key, $0) }) {
                        note("\(place): absent in \(possible)")
                    }
                case .damaged, .unavailable: note("\(place): \(records.status(at: index))")
                }
            }
        }
    }

    private func checkOrder(_ key: Int, _ version: UInt64, _ oldest: UInt64, _ place: String) {
        if version < oldest { note("\(place): version \(version) after \(oldest)") }
        if version > model.intended(key) { note("\(place): version \(version) was never sent") }
        model.noteSeen(key, version)
    }
}

/// Waits until something has come a number of times.
private final class CountDown: @unchecked Sendable {
    // Sendable: the count is guarded by the monitor.
    private let monitor = Monitor()
    private var left: Int

    init(_ count: Int) { left = count }

    func note() {
        monitor.withLock {
            left -= 1
            if left == 0 { monitor.signal() }
        }
    }

    func wait() {
        monitor.withLock {
            while left > 0 { monitor.wait() }
        }
    }
}
