internal import ResolutionProtocol

/// What a node says that it has counted, at one moment.
///
/// `queries` outlives the node's process, however that ends; everything else begins anew with it.
struct NodeLedger: Sendable, Equatable {
    /// The node's process.
    var processID: UInt64 = 0
    /// Queries received on all days, whoever asked and whatever the answer: `resolution_requests_of_all_days`.
    var queries: UInt64 = 0
    /// Answers made by the process, whatever their code.
    var answers: UInt64 = 0
    /// Requests that the process refused for having too much to do.
    var refusedBusy: UInt64 = 0
    /// Datagrams that the node's kernel dropped, and answers that it did not take.
    var droppedByKernel: UInt64 = 0
    var notSent: UInt64 = 0

    /// Names and places of the members, in state files and reports.
    static let members: [(name: String, path: any WritableKeyPath<NodeLedger, UInt64> & Sendable)] = [
        ("pid", \.processID), ("queries", \.queries), ("answers", \.answers), ("refused_busy", \.refusedBusy),
        ("dropped_by_kernel", \.droppedByKernel), ("not_sent", \.notSent),
    ]

    init() {}

    /// Reads a status report (`idctl status --json`); nil where it is none, or does not say the sum of all days (yet).
    init?(status text: [UInt8]) {
        guard let tree = JSONTree(text), let processID = Self.number(tree["pid"]), let metrics = tree["metrics"],
            let queries = Self.number(tree["counting"]?["resolution_requests_of_all_days"])
        else { return nil }
        self.processID = processID
        self.queries = queries
        refusedBusy = Self.number(metrics["requests_refused_busy"]) ?? 0
        droppedByKernel = Self.number(metrics["datagrams_dropped_by_kernel"]) ?? 0
        notSent = Self.number(metrics["datagrams_not_sent"]) ?? 0
        guard case .object(let members) = metrics else { return nil }
        answers = members.filter { $0.name.hasPrefix("answers_") && $0.name != "answers_too_large_for_udp" }
            .compactMap { Self.number($0.value) }.reduce(0, &+)
    }

    static func number(_ tree: JSONTree?) -> UInt64? {
        if case .word(let word)? = tree { UInt64(word) } else { nil }
    }
}
