/// The share of one source network in the queries from outside.
package struct SourceShare: Hashable, Sendable {
    /// The network with the most.
    package let network: QuerySource
    /// Its share, in millionths.
    package let millionths: UInt64

    /// The largest network's; nil: there were no queries from outside, or none whose source is listed.
    package init?(_ largest: LedgerLargestNetwork, of externalRequests: UInt64) {
        guard let millionths = largest.millionths(of: externalRequests) else { return nil }
        self.millionths = millionths
        network = largest.network
    }

    /// Whether it is more than so many hundredths.
    package func isOver(percent: Int) -> Bool { millionths > UInt64(clamping: percent) * 10_000 }

    /// In hundredths with one decimal, `23.4`.
    package var percentText: String { "\(millionths / 10_000).\(millionths / 1_000 % 10)" }
}

extension LedgerHead {
    /// The share of the largest source network in the entry's queries from outside.
    package var largestShare: SourceShare? { SourceShare(largest, of: added.externalRequests) }
}
