import Glibc
import Resolution
import ResolutionProtocol
import StorageLMDB

// What a look-up costs with the index of hints and without, in one run: the two take turns, on the same store, with
// random keys, and every record is copied out: `index-bench DIRECTORY IDENTIFIERS [ROUNDS] [MILLISECONDS]`.
// DIRECTORY is made when it is not there.

/// A generator that costs next to nothing (SplitMix64).
private struct Numbers {
    var state: UInt64

    mutating func next(below count: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: (word ^ word >> 31).multipliedFullWidth(by: UInt64(count)).high)
    }
}

private func name(_ number: Int) -> [UInt8] { Array("88.118.8/JXDY2106\(1_000_000_000 + number)".utf8) }

private func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

private func makeOptions(_ count: Int) -> StoreOptions {
    var options = StoreOptions()
    options.prefixSlots = 64
    options.sourceEntries = 256
    options.index = HintIndexOptions()
    options.index?.capacity = count
    return options
}

private func fill(_ directory: String, _ count: Int) throws {
    try Store.create(directory: directory, options: makeOptions(count))
    var options = makeOptions(count)
    options.index = nil
    let store = try Store.open(directory: directory, options: options)
    let loader = BulkLoader(store: store, unixSeconds: 1, origin: [])
    var list = WireWriter(capacity: 512)
    for number in 0..<count {
        list.removeAll()
        list.array([
            HandleValue(index: 1, type: Array("URL".utf8), data: [UInt8](repeating: UInt8(number & 0x7F), count: 120)),
            HandleValue(index: 2, type: Array("DESC".utf8), data: [UInt8](repeating: 66, count: 105)),
        ])
        _ = try loader.add(
            try Identifier(name(number)),
            valueList: list.bytes,
            areAllPublic: true,
            row: UInt64(number)
        )
    }
    _ = try loader.finish()
    store.close()
}

/// Batches of random keys, made anew before the clock runs: making one costs more than looking it up.
private final class Questions {
    private static let batchCount = 64
    private var batches: [Batch] = (0..<batchCount).map { _ in Batch() }
    private var numbers = Numbers(state: 1)

    /// In an array, where what cannot be copied does not go.
    private final class Batch {
        var keys = KeyBatch()
    }

    /// Draws from the first `identifierCount` identifiers, or from as many in between that are not there.
    func draw(size: Int, identifierCount: Int, arePresent: Bool) {
        for batch in batches {
            batch.keys.removeAll()
            for _ in 0..<size {
                let present = name(numbers.next(below: identifierCount))
                batch.keys.append(key: (arePresent ? present : present + [UInt8(ascii: "X")]).span.bytes)
            }
        }
    }

    /// Looks all up and copies what is found to `target`; returns how many were found.
    func ask(_ reader: LMDBReader, _ target: UnsafeMutableRawPointer) -> Int {
        var foundCount = 0
        for batch in batches {
            reader.withRecords(of: batch.keys) { records in
                for index in 0..<records.count where records.status(at: index) == .found {
                    records.record(at: index).withUnsafeBytes { bytes in
                        if let start = bytes.baseAddress { target.copyMemory(from: start, byteCount: bytes.count) }
                    }
                    foundCount += 1
                }
            }
        }
        return foundCount
    }

    func count(ofSize size: Int) -> Int { Self.batchCount * size }
}

/// One way to ask.
private struct Case {
    var title: String
    var size: Int
    var isPresent: Bool
    var nanoseconds: [[Double]] = [[], []]
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

private func run(_ directory: String, _ count: Int, rounds: Int, milliseconds: Int) throws {
    if access(directory, F_OK) != 0 { try fill(directory, count) }
    let store = try Store.open(directory: directory, options: makeOptions(count))
    let began = now()
    store.fillIndex()
    let filled = Double(now() - began) / 1e9
    let readers = [try store.makeReader(usingIndex: false), try store.makeReader()]
    let questions = Questions()
    let target = UnsafeMutableRawPointer.allocate(byteCount: 4_096, alignment: 64)
    var cases = [32, 8, 1].map { Case(title: "batches of \($0)", size: $0, isPresent: true) }
    cases.append(Case(title: "absent, batches of 32", size: 32, isPresent: false))
    for _ in 0..<rounds {
        for index in cases.indices {
            for (kind, reader) in readers.enumerated() {
                var (spent, asked): (UInt64, Int) = (0, 0)
                while spent < UInt64(milliseconds) * 1_000_000 {
                    let (size, isPresent) = (cases[index].size, cases[index].isPresent)
                    questions.draw(size: size, identifierCount: count, arePresent: isPresent)
                    let start = now()
                    let foundCount = questions.ask(reader, target)
                    spent += now() - start
                    asked += questions.count(ofSize: size)
                    guard foundCount == (isPresent ? questions.count(ofSize: size) : 0) else {
                        print("\(foundCount) found of \(questions.count(ofSize: size))")
                        exit(1)
                    }
                }
                cases[index].nanoseconds[kind].append(Double(spent) / Double(asked))
            }
        }
    }
    report(cases, store, count, filled)
}

private func report(_ cases: [Case], _ store: Store, _ count: Int, _ filled: Double) {
    let figures = (try? store.figures())?.index
    print(
        "\(count) identifiers, index of \((figures?.byteCount ?? 0) >> 20) MiB with \(figures?.occupiedCount ?? 0)",
        "filled in \(filled) s"
    )
    for one in cases {
        let (plain, indexed) = (median(one.nanoseconds[0]), median(one.nanoseconds[1]))
        let ratios = zip(one.nanoseconds[1], one.nanoseconds[0]).map { $0 / $1 }
        let least = ratios.min() ?? 0
        let most = ratios.max() ?? 0
        print(
            "\(one.title): without \(Int(plain)) ns, with \(Int(indexed)) ns a look-up,",
            "ratio \(rounded(median(ratios))) (\(rounded(least)) to \(rounded(most)))"
        )
    }
}

/// A command that changes a record without changing its size.
private func change(of number: Int, mark: UInt8) throws -> Command {
    let values = [
        HandleValue(index: 1, type: Array("URL".utf8), data: [UInt8](repeating: mark, count: 120)),
        HandleValue(index: 2, type: Array("DESC".utf8), data: [UInt8](repeating: 67, count: 105)),
    ]
    return Command(
        .put(name: try Identifier(name(number)), values: values, expecting: .present),
        unixSeconds: 1,
        origin: []
    )
}

/// Looks records up while the store's writer thread changes `rate` of them a second, each durable; prints how many
/// hints were no longer right.
private func lookUpWhileChanging(_ directory: String, _ count: Int, rate: Int, seconds: UInt64) throws {
    let store = try Store.open(directory: directory, options: makeOptions(count))
    store.fillIndex()
    try store.log.start()
    let reader = try store.makeReader()
    let questions = Questions()
    let target = UnsafeMutableRawPointer.allocate(byteCount: 4_096, alignment: 64)
    var numbers = Numbers(state: 3)
    var (sent, asked, spent): (Int, Int, UInt64) = (0, 0, 0)
    let began = now()
    while now() - began < seconds * 1_000_000_000 {
        let due = Int((now() - began) / 1_000_000) * rate / 1_000
        while sent < due,
            store.log.append(try change(of: numbers.next(below: count), mark: UInt8(sent & 63)), then: { _ in })
        {
            sent += 1
        }
        questions.draw(size: 32, identifierCount: count, arePresent: true)
        let start = now()
        _ = questions.ask(reader, target)
        spent += now() - start
        asked += questions.count(ofSize: 32)
    }
    let (stale, absent) = (reader.hintCounts?.value(.stale) ?? 0, reader.hintCounts?.value(.absent) ?? 0)
    store.close()
    print(
        "\(sent / Int(seconds)) changes a second: \(spent / UInt64(asked)) ns a look-up in batches of 32,",
        "stale \(rounded(Double(stale) / Double(asked) * 100)) %, absent \(rounded(Double(absent) / Double(asked) * 100)) %"
    )
}

/// Changes random records in groups of `size`, each durable, with the index and without in turns; prints the time of a
/// change.
private func change(_ directory: String, _ count: Int, rounds: Int, size: Int) throws {
    var numbers = Numbers(state: 2)
    var microseconds: [[Double]] = [[], []]
    for round in 0..<rounds {
        // Each goes first in turn: the disk remembers.
        for kind in round & 1 == 0 ? [0, 1] : [1, 0] {
            var options = makeOptions(count)
            if kind == 0 { options.index = nil }
            let store = try Store.open(directory: directory, options: options)
            store.fillIndex()
            // Both find the whole file mapped.
            _ = try store.scan { _ in true }
            var spent: UInt64 = 0
            for group in 0..<20 {
                let commands = try (0..<size).map { _ in
                    try change(of: numbers.next(below: count), mark: UInt8(group + 20 * (round & 3)))
                }
                let start = now()
                _ = try store.apply(commands)
                spent += now() - start
            }
            microseconds[kind].append(Double(spent) / 1_000 / Double(20 * size))
            store.close()
        }
    }
    let ratios = zip(microseconds[1], microseconds[0]).map { $0 / $1 }.sorted()
    print(
        "changes in groups of \(size): without \(rounded(median(microseconds[0]))) us, with",
        "\(rounded(median(microseconds[1]))) us, ratio \(rounded(median(ratios)))",
        "(\(rounded(ratios.first ?? 0)) to \(rounded(ratios.last ?? 0)))"
    )
}

private func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }

let arguments = CommandLine.arguments
guard arguments.count >= 3, let count = Int(arguments[2]), count > 0 else {
    print("usage: index-bench DIRECTORY IDENTIFIERS [ROUNDS] [MILLISECONDS]")
    exit(64)
}
let rounds = arguments.count > 3 ? Int(arguments[3]) ?? 5 : 5
let milliseconds = arguments.count > 4 ? Int(arguments[4]) ?? 300 : 300
try run(arguments[1], count, rounds: rounds, milliseconds: milliseconds)
for size in [1, 100] { try change(arguments[1], count, rounds: rounds, size: size) }
for rate in [1_000, 10_000] { try lookUpWhileChanging(arguments[1], count, rate: rate, seconds: 5) }
