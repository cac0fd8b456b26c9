internal import EventLoop
internal import Resolution
internal import StorageLMDB

/// Who reports to this node.
struct ReportSenders {
    /// A sender that has reported nothing for longer is silent: each reports once a day.
    private static let silentSeconds: Int64 = 2 * 86_400

    let count: Int
    let silentCount: Int

    init(_ node: Node) {
        let senders = (try? node.store.reportSenders()) ?? []
        let now = SystemClock.coarseRealtimeSeconds()
        count = senders.count
        silentCount = senders.count { now - $0.totals.receivedUnixSeconds > Self.silentSeconds }
    }
}

extension RefusedReports {
    /// The counts, with the reasons' names in metrics.
    var byReason: [(reason: String, count: UInt64)] {
        [
            ("unreadable", unreadable), ("unknown_sender", unknownSender), ("bad_signature", badSignature),
            ("early", early), ("unkept", unkept),
        ]
    }

    /// All of them.
    var total: UInt64 { byReason.reduce(0) { $0 + $1.count } }
}
