internal import Console
internal import EventLoop
internal import ResolutionProtocol

/// A random sample of what was registered, each record as likely as any other, to be resolved as everybody resolves it.
struct RecordSample {
    /// A record larger than this is not sampled, so that the sample's memory has a bound.
    private static let byteCountMax = 32 << 10

    private let countMax: Int
    private var generator = SplitMix(seed: .random(in: .min ... .max))
    private var seen = 0
    /// The records chosen so far.
    private(set) var rows: [WireRow] = []

    init(countMax: Int) { self.countMax = countMax }

    /// Decides about one more record (reservoir sampling).
    mutating func offer(_ row: WireRow) {
        guard countMax > 0, row.byteCount <= Self.byteCountMax else { return }
        seen += 1
        if rows.count < countMax {
            rows.append(row)
        } else {
            let place = Int.random(in: 0..<seen, using: &generator)
            if place < countMax { rows[place] = row }
        }
    }

    /// Resolves the sample over TCP, and returns the names of those that are not as registered.
    func wrongNames(at server: SocketAddress) throws(CommandFailure) -> [[UInt8]] {
        do throws(LookupFailure) {
            let link = try StreamLookup(server)
            var wrong: [[UInt8]] = []
            var batch = LookupBatch(countMax: link.batchCountMax, requestByteCountMax: 32 << 10)
            for row in rows {
                batch.append(row)
                guard batch.isFull else { continue }
                try Self.check(batch, link, &wrong)
                batch.removeAll()
            }
            try Self.check(batch, link, &wrong)
            return wrong
        } catch {
            throw VerifyRun.failure(error, server: server, answered: 0)
        }
    }

    private static func check(
        _ batch: borrowing LookupBatch,
        _ link: StreamLookup,
        _ wrong: inout [[UInt8]]
    ) throws(LookupFailure) {
        guard !batch.items.isEmpty else { return }
        var places: [Int] = []
        try link.ask(batch) { place, outcome in
            if outcome != .same { places.append(place) }
        }
        for place in places.sorted() {
            wrong.append(batch.withName(of: batch.items[place]) { $0.withUnsafeBytes { Array($0) } })
        }
    }
}
