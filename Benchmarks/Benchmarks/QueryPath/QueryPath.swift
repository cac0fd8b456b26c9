import Benchmark
import Glibc
import Resolution
import ResolutionProtocol
import StorageLMDB

// The steps of one answer, and the whole of it, without sockets. Each iteration is a batch of 32 questions, so that a
// time divided by 32 is a question's. Allocations are not counted here but by tools/check-hot-path, in instructions.

private let batchCount = KeyBatch.capacity

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .cpuTotal, .instructions],
        scalingFactor: .kilo,
        maxDuration: .seconds(2)
    )

    Benchmark("decode 32 questions") { benchmark in
        let block = RequestBlock(count: batchCount)
        for _ in benchmark.scaledIterations { blackHole(block.decoded()) }
    }

    Benchmark("select values of 32 records") { benchmark in
        let selection = SelectionSample()
        var writer = WireWriter(capacity: 64 << 10)
        for _ in benchmark.scaledIterations { blackHole(selection.select(batchCount, into: &writer)) }
    }

    Benchmark("look up 32 identifiers") { benchmark in
        let sample = try TemporarySample()
        let reader = try sample.store.store.makeReader()
        var keys = KeyBatch()
        for number in 0..<batchCount {
            keys.append(key: sample.store.store.folding.key(of: SampleStore.name(number)).span.bytes)
        }
        var found = 0
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            reader.withRecords(of: keys) { records in
                for index in 0..<records.count where records.status(at: index) == .found { found &+= 1 }
            }
        }
        benchmark.stopMeasurement()
        guard found > 0, found % batchCount == 0 else { return benchmark.error("not all were found: \(found)") }
    }

    Benchmark("encode 32 answers") { benchmark in
        let answer = AnswerSample()
        var writer = WireWriter(capacity: 64 << 10)
        for _ in benchmark.scaledIterations { blackHole(answer.encode(batchCount, into: &writer)) }
    }

    Benchmark("answer 32 questions") { benchmark in
        var round = try Round()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { round.answer() }
        benchmark.stopMeasurement()
        if let fault = round.fault { benchmark.error(fault) }
    }

    Benchmark("count 32 answers") { benchmark in
        var round = try Round()
        round.answer()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { round.count() }
        benchmark.stopMeasurement()
        if let fault = round.fault { benchmark.error(fault) }
    }
}
