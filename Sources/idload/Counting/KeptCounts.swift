internal import Console
internal import EventLoop
internal import ResolutionProtocol

/// This tool's side of a reconciliation that is made after the run: what one of its files says was sent and answered.
enum KeptCounts {
    /// More than any result or state has.
    private static let byteCountMax = ResultFile.byteCountMax

    /// Reads a result (`--json`) or a state (`--state`), `-` for standard input. Throws where it is neither, or of a
    /// run whose counts cannot be held against one node's.
    static func sides(at path: String) throws(LoadError) -> Reconciliation.Sides {
        let bytes = try InputFile.bytes(at: path, byteCountMax: byteCountMax, orStandardInput: true)
        guard let tree = JSONTree(bytes), tree["part_over"] != nil else {
            return try sides(ofResult: bytes, path)
        }
        guard var state = CountState(bytes) else { throw LoadError(.unreadableState(path), exitCode: .usage) }
        if !state.isPartOver { state.endKilledPart() }
        let targets = targets(of: state)
        try check(targets, path)
        var sides = Reconciliation.Sides(state)
        sides.usesDatagrams = targets.contains { $0.carrier == .udp }
        return sides
    }

    private static func sides(ofResult bytes: [UInt8], _ path: String) throws(LoadError) -> Reconciliation.Sides {
        let document = try ResultFile.document(bytes, path: path)
        guard document.plan.warmupSeconds == 0 else { throw refusal(.warmup, path) }
        // The times of such a result are those of its last part, and so is its tally.
        guard (NodeLedger.number(JSONTree(bytes)?["count"]?["parts"]) ?? 1) <= 1 else {
            throw refusal(.severalParts, path)
        }
        let targets = document.result.channels.map(\.target)
        try check(targets, path)
        var sides = Reconciliation.Sides()
        sides.totals = CountTotals(document.result.tally)
        sides.usesDatagrams = targets.contains { $0.carrier == .udp }
        return sides
    }

    /// The counts of one node are held against all that was sent.
    private static func check(_ targets: [LoadTarget], _ path: String) throws(LoadError) {
        guard !targets.contains(where: { $0.carrier == .dns }) else { throw refusal(.nameServer, path) }
        guard !targets.contains(where: { $0.carrier == .admin }) else { throw refusal(.administration, path) }
        guard Set(targets.map(\.address)).count == 1 else { throw refusal(.severalTargets, path) }
    }

    private static func refusal(_ reason: ReconcileObstacle, _ path: String) -> LoadError {
        LoadError(.cannotReconcile(reason, path: path), exitCode: .usage)
    }

    /// A state has them in its first fact, each with its weight behind it.
    private static func targets(of state: CountState) -> [LoadTarget] {
        guard let fact = state.facts.first(where: { $0.name == "targets" }) else { return [] }
        return fact.value.split(separator: ",").compactMap { item in
            let place = item.split(separator: " ").first.map(String.init) ?? ""
            guard let target = TargetText(place), let carrier = target.carrier else { return nil }
            return LoadTarget(address: target.address, carrier: carrier)
        }
    }
}
