import Glibc

/// Cuts one row of RFC 4180 into cells. Strict: quotes only around a whole cell.
struct CSVScanner {
    /// The cells of the row scanned last.
    private(set) var fields: [CSVField] = []

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let feed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D

    /// How a cell ended.
    private enum Ending {
        case at(Int)
        case unfinished
        case malformed(RowErrorCode)
    }

    /// Scans the row at the beginning of `text`, of which `isLast` says that nothing follows it in the input.
    mutating func scan(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> CSVScan {
        fields.removeAll(keepingCapacity: true)
        guard let base = text.baseAddress else { return isLast ? .row(consumed: 0, lineCount: 0) : .unfinished }
        let count = text.count
        var position = 0
        var lineCount = 1
        while true {
            let start = position
            let isQuoted = position < count && base[position] == Self.quote
            let ending =
                isQuoted
                ? quotedCell(base, count, from: start, isLast: isLast, lineCount: &lineCount)
                : plainCell(base, count, from: start, isLast: isLast)
            switch ending {
            case .unfinished:
                return count - start > RecordLimits.fieldByteCountMax + 2 ? .malformed(.fieldTooLong) : .unfinished
            case .malformed(let code): return .malformed(code)
            case .at(let end): position = end
            }
            guard position < count else { return .row(consumed: count, lineCount: lineCount) }
            switch base[position] {
            case Self.comma: position += 1
            case Self.feed: return .row(consumed: position + 1, lineCount: lineCount)
            default:
                if position + 1 == count { return isLast ? .row(consumed: count, lineCount: lineCount) : .unfinished }
                let consumed = base[position + 1] == Self.feed ? position + 2 : position + 1
                return .row(consumed: consumed, lineCount: lineCount)
            }
        }
    }

    /// A cell without quotes; ends before a comma, a line end, or the end of the input.
    @inline(__always)
    private mutating func plainCell(
        _ base: UnsafePointer<UInt8>,
        _ count: Int,
        from start: Int,
        isLast: Bool
    ) -> Ending {
        let end = Self.specialByte(base, count, from: start)
        guard end < count || isLast else { return .unfinished }
        guard end - start <= RecordLimits.fieldByteCountMax else { return .malformed(.fieldTooLong) }
        if end < count, base[end] == Self.quote { return .malformed(.quoteInUnquotedCell) }
        fields.append(CSVField(start: start, end: end, hasDoubledQuotes: false))
        return .at(end)
    }

    /// Position of the first comma, quote, LF or CR, eight bytes at a time while none is there; `count` if there is none.
    @inline(__always)
    private static func specialByte(_ base: UnsafePointer<UInt8>, _ count: Int, from start: Int) -> Int {
        let raw = UnsafeRawPointer(base)
        var position = start
        while true {
            while count - position >= 8 {
                let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                // The high bit of each byte below 0x2D; the lowest one set is exact. All special bytes are below.
                let low = (word &- 0x2D2D_2D2D_2D2D_2D2D) & ~word & 0x8080_8080_8080_8080
                if low != 0 {
                    position += low.littleEndian.trailingZeroBitCount >> 3
                    break
                }
                position += 8
            }
            while position < count {
                let byte = base[position]
                if byte == comma || byte == feed || byte == carriageReturn || byte == quote { return position }
                position += 1
                if count - position >= 8 { break }
            }
            if position >= count { return count }
        }
    }

    /// A quoted cell, from its opening quote; ends after the closing one, before a comma, a line end, or the input's end.
    private mutating func quotedCell(
        _ base: UnsafePointer<UInt8>,
        _ count: Int,
        from start: Int,
        isLast: Bool,
        lineCount: inout Int
    ) -> Ending {
        var hasDoubledQuotes = false
        var position = start + 1
        while true {
            guard let distance = LineScan.position(of: Self.quote, in: base + position, count: count - position) else {
                return isLast ? .malformed(.unclosedQuote) : .unfinished
            }
            let end = position + distance
            guard end + 1 < count || isLast else { return .unfinished }
            if end + 1 < count, base[end + 1] == Self.quote {
                hasDoubledQuotes = true
                position = end + 2
                continue
            }
            return close(base, count, start + 1, end, hasDoubledQuotes, &lineCount)
        }
    }

    @inline(__always)
    private mutating func close(
        _ base: UnsafePointer<UInt8>,
        _ count: Int,
        _ start: Int,
        _ end: Int,
        _ hasDoubledQuotes: Bool,
        _ lineCount: inout Int
    ) -> Ending {
        guard end - start <= RecordLimits.fieldByteCountMax else { return .malformed(.fieldTooLong) }
        let next = end + 1
        if next < count, base[next] != Self.comma, base[next] != Self.feed, base[next] != Self.carriageReturn {
            return .malformed(.textAfterClosingQuote)
        }
        lineCount += LineScan.lineEndCount(UnsafeBufferPointer(start: base + start, count: end - start))
        fields.append(CSVField(start: start, end: end, hasDoubledQuotes: hasDoubledQuotes))
        return .at(next)
    }
}
