/// Cuts a ledger that comes in pieces into frames, and says where a byte was changed. It holds one frame at most,
/// besides the piece that it was given last.
package struct LedgerFrameReader {
    /// What it finds next.
    package enum Found: Hashable, Sendable {
        /// A frame, and where it begins.
        case frame(LedgerFrame, at: Int)
        /// The byte at `place` was changed; the frame as it was before, and where it begins.
        case repaired(LedgerFrame, at: Int, place: Int)
        /// What stands here is no frame, and no single byte makes it one: nothing behind it is read.
        case unreadable(at: Int)
    }

    private var waiting: ArraySlice<UInt8> = []
    /// Where `waiting` begins.
    private var offset: Int
    private var isOver = false

    /// A reader whose first byte is that at `offset` of the file.
    package init(offset: Int = 0) { self.offset = offset }

    /// Takes the next piece.
    package mutating func append(_ bytes: [UInt8]) {
        guard !isOver else { return }
        waiting = waiting.isEmpty ? bytes[...] : ArraySlice(waiting + bytes)
    }

    /// Where the next frame begins.
    package var place: Int { offset }

    /// The next frame; nil: the next piece is wanted, or, where there is none (`isLast`), all has been read.
    package mutating func next(isLast: Bool) -> Found? {
        guard !isOver, !waiting.isEmpty else { return nil }
        if let count = LedgerFrame.byteCount(of: waiting), count <= waiting.count,
            let frame = LedgerFrame(whole: waiting.prefix(count))
        {
            defer { drop(count) }
            return .frame(frame, at: offset)
        }
        // What may have been changed must be there as far as the longest frame goes.
        let most = LedgerFrame.contentByteCountMax + LedgerFrame.overheadByteCount
        guard waiting.count >= most || isLast else { return nil }
        guard let (place, bytes) = LedgerCheck.repair(waiting), let frame = LedgerFrame(whole: bytes[...]) else {
            isOver = true
            return .unreadable(at: offset)
        }
        defer { drop(bytes.count) }
        return .repaired(frame, at: offset, place: offset + place)
    }

    private mutating func drop(_ count: Int) {
        waiting = waiting.dropFirst(count)
        offset += count
    }
}
