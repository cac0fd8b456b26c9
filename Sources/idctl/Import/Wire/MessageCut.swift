/// Cuts rows into messages: large enough that a message costs little, and small enough that its answer comes soon.
enum MessageCut {
    private static let rowCountMax = 512
    private static let byteCountMax = 128 << 10

    /// Ranges of `rows`, one for each message; a row larger than a message should be is one by itself. `follows` says
    /// whether the row at a place may stand behind the one before it.
    static func ranges(of rows: [WireRow], follows: (Int) -> Bool = { _ in true }) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var (start, byteCount) = (0, 0)
        for (place, row) in rows.enumerated() {
            let isFull = place - start >= rowCountMax || byteCount + row.byteCount > byteCountMax
            if place > start, isFull || !follows(place) {
                ranges.append(start..<place)
                (start, byteCount) = (place, 0)
            }
            byteCount += row.byteCount
        }
        if start < rows.count { ranges.append(start..<rows.count) }
        return ranges
    }
}
