extension RecordRow {
    /// Whether two values have the same index. Costs one pass where the indexes ascend, as they nearly always do.
    func hasDuplicateIndex(scratch: inout [UInt32]) -> Bool {
        var previous: UInt32 = 0
        var isAscending = true
        for value in values {
            if value.index <= previous { isAscending = false }
            previous = value.index
        }
        if isAscending { return false }
        scratch.removeAll(keepingCapacity: true)
        for value in values { scratch.append(value.index) }
        scratch.sort()
        for position in scratch.indices.dropFirst() where scratch[position] == scratch[position - 1] { return true }
        return false
    }
}
