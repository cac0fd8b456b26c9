public import ResolutionProtocol

/// What an operator should read in the log.
public enum AdministrationEvent: Sendable {
    /// Somebody failed to prove to be this administrator.
    case proofFailed(ValueReference, source: QuerySource)
    /// Somebody proved to be this administrator by an algorithm that only the configuration's word for old ones allows
    /// (reliability case U2).
    case legacyProof(ValueReference, source: QuerySource)
    /// An identifier was left without anyone who may change its administrators, which its administrator insisted on
    /// (reliability case U7).
    case keeperRemoved(identifier: [UInt8], by: ValueReference?)
    /// So many more events of a second were not told.
    case others(count: Int)
}

/// How many events of one second are told: an attack must not fill the log (reliability case R11).
struct EventBudget {
    private static let perSecondMax = 5

    private var second: UInt64 = 0
    private var toldCount = 0
    private var heldBackCount = 0

    /// Whether one more event may be told in `second`; and how many were held back in an earlier one, which is told
    /// first.
    mutating func spend(second now: UInt64) -> (isTold: Bool, heldBackBefore: Int) {
        var before = 0
        if now != second {
            before = heldBackCount
            (second, toldCount, heldBackCount) = (now, 0, 0)
        }
        guard toldCount < Self.perSecondMax else {
            heldBackCount += 1
            return (false, before)
        }
        toldCount += 1
        return (true, before)
    }
}

extension Administration {
    /// Tells the operator, as long as there are not too many events.
    func tell(_ event: AdministrationEvent) {
        let (isTold, heldBack) = eventBudget.spend(second: now.seconds)
        if heldBack > 0 { ports.report(.others(count: heldBack)) }
        if isTold { ports.report(event) }
    }
}
