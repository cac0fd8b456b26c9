/// FNV-1a with 32 bits (Fowler, Noll, Vo): each step can be undone, so that the one byte that was changed is found in
/// one pass from both ends.
enum LedgerCheck {
    private static let basis: UInt32 = 0x811C_9DC5
    private static let prime: UInt32 = 0x0100_0193
    /// `prime` times this is 1, modulo 2³².
    private static let inverse: UInt32 = 0x359C_449B

    static func of(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reduce(basis) { ($0 ^ UInt32($1)) &* prime }
    }

    /// Whether the last four bytes are the check of those before them.
    static func isRight(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count > LedgerFrame.checkByteCount && of(bytes.dropLast(LedgerFrame.checkByteCount)) == stored(in: bytes)
    }

    private static func stored(in bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.suffix(LedgerFrame.checkByteCount).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The place of the one byte whose change makes the frame at the front of `bytes` right, and the frame's right
    /// bytes; nil: it takes more than one.
    static func repair(_ bytes: ArraySlice<UInt8>) -> (place: Int, bytes: [UInt8])? {
        repairContent(bytes) ?? repairLength(bytes)
    }

    /// The same where the length is right.
    private static func repairContent(_ bytes: ArraySlice<UInt8>) -> (place: Int, bytes: [UInt8])? {
        guard let byteCount = LedgerFrame.byteCount(of: bytes), byteCount <= bytes.count else { return nil }
        var frame = Array(bytes.prefix(byteCount))
        let end = byteCount - LedgerFrame.checkByteCount
        // States behind each byte, as the stored check says that they must be.
        var wanted = [UInt32](repeating: 0, count: end + 1)
        wanted[end] = stored(in: frame[...])
        for place in stride(from: end - 1, through: 0, by: -1) {
            wanted[place] = (wanted[place + 1] &* inverse) ^ UInt32(frame[place])
        }
        var state = basis
        for place in 0..<end {
            let byte = (wanted[place + 1] &* inverse) ^ state
            if byte <= 0xFF, place != 1, place != 2 {
                frame[place] = UInt8(byte)
                return LedgerFrame.Kind(rawValue: frame[0]) == nil ? nil : (place, frame)
            }
            state = (state ^ UInt32(frame[place])) &* prime
        }
        return repairCheck(frame, state)
    }

    /// The check itself was changed, in one byte.
    private static func repairCheck(_ frame: [UInt8], _ check: UInt32) -> (place: Int, bytes: [UInt8])? {
        let difference = check ^ stored(in: frame[...])
        let places = (0..<LedgerFrame.checkByteCount).filter { difference >> (24 - 8 * UInt32($0)) & 0xFF != 0 }
        guard places.count == 1, let place = places.first else { return nil }
        var frame = frame
        let at = frame.count - LedgerFrame.checkByteCount + place
        frame[at] = UInt8(truncatingIfNeeded: check >> (24 - 8 * UInt32(place)))
        return (at, frame)
    }

    /// One of the two bytes of the length was changed.
    private static func repairLength(_ bytes: ArraySlice<UInt8>) -> (place: Int, bytes: [UInt8])? {
        guard bytes.count >= LedgerFrame.headByteCount else { return nil }
        var frame = Array(bytes.prefix(LedgerFrame.contentByteCountMax + LedgerFrame.overheadByteCount))
        for place in 1...2 {
            let changed = frame[place]
            for byte in 0...UInt8.max where byte != changed {
                frame[place] = byte
                if let count = LedgerFrame.byteCount(of: frame[...]), count <= frame.count,
                    LedgerFrame(whole: frame[..<count]) != nil
                {
                    return (place, Array(frame[..<count]))
                }
            }
            frame[place] = changed
        }
        return nil
    }
}
