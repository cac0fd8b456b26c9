internal import EventLoop
internal import Resolution

/// The share of one source network in the queries from outside.
struct SourceShare {
    /// `192.0.2.0/24`, `2001:db8::/56`.
    let network: String
    let millionths: UInt64

    /// The largest network's; nil: there were no queries from outside, or none whose source is listed.
    init?(_ largest: LedgerLargestNetwork, of externalRequests: UInt64) {
        guard let millionths = largest.millionths(of: externalRequests) else { return nil }
        self.millionths = millionths
        network = CountSummary.network(largest.network)
    }

    func isOver(percent: Int) -> Bool { millionths > UInt64(clamping: percent) * 10_000 }

    /// With one decimal, `23.4`.
    var percentText: String { "\(millionths / 10_000).\(millionths / 1_000 % 10)" }
}
