/// A random sample of the rows of an import, each as likely as any other, for the check afterwards.
struct RowSample {
    /// A row and a digest of the values it must have.
    struct Row {
        let row: Int
        let name: [UInt8]
        let digest: Int
    }

    private let countMax: Int
    private var generator: SplitMix
    private var seen = 0
    /// The rows chosen so far.
    private(set) var rows: [Row] = []

    init(countMax: Int, seed: UInt64 = .random(in: .min ... .max)) {
        self.countMax = countMax
        generator = SplitMix(seed: seed)
        rows.reserveCapacity(countMax)
    }

    /// Decides about one more row (reservoir sampling); `make` is asked only if it is chosen.
    mutating func offer(_ make: () -> Row) {
        seen += 1
        if rows.count < countMax {
            rows.append(make())
        } else {
            let place = Int.random(in: 0..<seen, using: &generator)
            if place < countMax { rows[place] = make() }
        }
    }

    /// A digest of value bytes, good within this process.
    static func digest(_ bytes: RawSpan) -> Int {
        var hasher = Hasher()
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}
