package import ResolutionProtocol

/// The source network with the most queries from outside in an entry; of several with as many the first.
package struct LedgerLargestNetwork: Hashable, Sendable {
    package var network = QuerySource(high: 0, low: 0, prefixLength: 0)
    /// Queries of the external classes; 0: there is no such network.
    package var count: UInt64 = 0

    package init() {}

    /// The largest of `rows`, which are in ascending order.
    package init(of rows: some Sequence<LedgerSourceRow>) {
        var finding = Finding()
        for row in rows { finding.take(row) }
        self = finding.largest
    }

    /// Finds it among rows that come one by one, in ascending order.
    struct Finding {
        private(set) var largest = LedgerLargestNetwork()
        private var current = LedgerLargestNetwork()

        mutating func take(_ row: LedgerSourceRow) {
            guard row.key.origin.isExternal else { return }
            if row.key.network != current.network { current = LedgerLargestNetwork() }
            current.network = row.key.network
            current.count = current.count.addingReportingOverflow(row.count).partialValue
            if current.count > largest.count { largest = current }
        }
    }

    /// Its share of `total` queries in millionths; nil: there were none.
    package func millionths(of total: UInt64) -> UInt64? {
        guard total > 0, count > 0 else { return nil }
        let (high, low) = count.multipliedFullWidth(by: 1_000_000)
        // Sources may have been saved a little later than totals: a share is at most the whole.
        return high < total ? min(1_000_000, total.dividingFullWidth((high, low)).quotient) : 1_000_000
    }
}

extension LedgerLargestNetwork: WireCodable {
    package static var byteCountMin: Int { 25 }

    package init(from reader: inout WireReader) throws(WireError) {
        network = QuerySource(high: try reader.uint64(), low: try reader.uint64(), prefixLength: try reader.uint8())
        count = try reader.uint64()
    }

    package func write(to writer: inout WireWriter) {
        writer.uint64(network.high)
        writer.uint64(network.low)
        writer.uint8(network.prefixLength)
        writer.uint64(count)
    }
}
