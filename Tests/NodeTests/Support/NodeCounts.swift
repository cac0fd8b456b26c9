import Resolution

/// The counts that tests compare.
struct NodeCounts: Hashable {
    var received: [OriginClass: UInt64] = [:]
    var found: [OriginClass: UInt64] = [:]
    var repeated: [OriginClass: UInt64] = [:]
    /// 解析请求量
    var requests: UInt64 = 0
    /// 解析成功响应量
    var successes: UInt64 = 0

    mutating func add(_ totals: DayTotals) {
        let total = totals.total
        for origin in OriginClass.allCases {
            received[origin, default: 0] += total.received(origin)
            found[origin, default: 0] += total.found(origin)
            repeated[origin, default: 0] += totals.repeated[origin] ?? 0
        }
        requests += total.requests
        successes += total.successes
    }

    /// What was counted since `earlier`, which is from the same node.
    func since(_ earlier: NodeCounts) throws -> NodeCounts {
        var difference = NodeCounts()
        for origin in OriginClass.allCases {
            difference.received[origin] = try Self.rise(earlier.received[origin], received[origin])
            difference.found[origin] = try Self.rise(earlier.found[origin], found[origin])
            difference.repeated[origin] = try Self.rise(earlier.repeated[origin], repeated[origin])
        }
        difference.requests = try Self.rise(earlier.requests, requests)
        difference.successes = try Self.rise(earlier.successes, successes)
        return difference
    }

    private static func rise(_ earlier: UInt64?, _ later: UInt64?) throws -> UInt64 {
        let (earlier, later) = (earlier ?? 0, later ?? 0)
        guard later >= earlier else { throw NodeFailure("a count fell from \(earlier) to \(later)") }
        return later - earlier
    }
}
