internal import Resolution
internal import ResolutionProtocol

/// Compares the values of a row with those of an answer, whatever their order.
enum ValueComparison {
    /// The values of a list in wire form.
    static func values(_ list: RawSpan) throws(WireError) -> [HandleValue] {
        var reader = WireReader(list)
        return try reader.array()
    }

    private static func isAdministrator(_ value: HandleValue) -> Bool {
        ASCIIFolding.uppercased(value.type) == ValueType.admin
    }

    /// Indexes of values that are on one side only, or not the same on both. Timestamps do not count: a server gives
    /// each value the time at which it registered it. A row that names no administrator takes who was added when it was
    /// registered, and so with the template.
    static func differingIndexes(expected: [HandleValue], found: [HandleValue]) -> [UInt32] {
        var left = Dictionary(found.map { ($0.index, $0) }) { first, _ in first }
        var differing: Set<UInt32> = []
        for value in expected {
            guard var other = left.removeValue(forKey: value.index) else {
                differing.insert(value.index)
                continue
            }
            other.timestamp = value.timestamp
            if value != other { differing.insert(value.index) }
        }
        if !expected.contains(where: isAdministrator) {
            left = left.filter { !isAdministrator($0.value) }
        }
        left = left.filter { !$0.value.isReserved }
        return differing.union(left.keys).sorted()
    }
}
