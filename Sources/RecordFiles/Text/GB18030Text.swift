import Glibc

/// Text in GB18030 made into UTF-8 piece by piece, by the C library's converter.
///
/// A byte that belongs to no character becomes the byte FF, which no UTF-8 has: so the row it stands in is refused as
/// any row that is not text, and the rows around it are not touched.
final class GB18030Text: RowProducer {
    private static let invalidByte: UInt8 = 0xFF
    /// A character has at most four bytes.
    private static let characterByteCountMax = 4

    private let descriptor: Int32
    private let isOwned: Bool
    private let converter: iconv_t
    private var held: [UInt8]
    private var heldCount = 0
    private var byteOffset = 0
    /// UTF-8 that has been made and not yet handed out.
    private var made: [UInt8]
    private var madePosition = 0
    private var madeCount = 0
    private var isAtEnd = false

    /// Reads an open descriptor, which is closed at the end where it `isOwned`.
    init(descriptor: Int32, isOwned: Bool, blockByteCount: Int = 1 << 18) throws(RecordFileError) {
        guard let converter = iconv_open("UTF-8", "GB18030"), converter != iconv_t(bitPattern: -1) else {
            if isOwned { close(descriptor) }
            throw .noConverter
        }
        self.descriptor = descriptor
        self.isOwned = isOwned
        self.converter = converter
        held = [UInt8](repeating: 0, count: blockByteCount + Self.characterByteCountMax)
        made = [UInt8](repeating: 0, count: blockByteCount + 2 * Self.characterByteCountMax)
    }

    deinit {
        iconv_close(converter)
        if isOwned { close(descriptor) }
    }

    func produce(into room: UnsafeMutableRawBufferPointer) throws(RecordFileError) -> Int {
        while madePosition == madeCount {
            if !isAtEnd, heldCount < Self.characterByteCountMax { try refill() }
            guard heldCount > 0 else { return 0 }
            (madePosition, madeCount) = (0, convert())
        }
        let count = min(room.count, madeCount - madePosition)
        made.withUnsafeBytes {
            room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[madePosition..<madePosition + count]))
        }
        madePosition += count
        return count
    }

    private func refill() throws(RecordFileError) {
        while true {
            let count = held.withUnsafeMutableBytes { bytes in
                Glibc.read(descriptor, bytes.baseAddress.map { $0 + heldCount }, bytes.count - heldCount)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .readFailed(byteOffset: byteOffset, errno: errno) }
            if count == 0 { isAtEnd = true }
            heldCount += count
            if byteOffset == 0,
                held.withUnsafeBufferPointer({ EncodingGuess.isPlainlyUTF8(.init(rebasing: $0[..<count])) })
            {
                throw .notGB18030
            }
            byteOffset += count
            if isAtEnd || heldCount >= Self.characterByteCountMax { return }
        }
    }

    /// Converts what is held as far as there is room, and says how many bytes that made.
    private func convert() -> Int {
        var reason: Int32 = 0
        let (takenCount, doneCount) = held.withUnsafeMutableBytes { bytes in
            made.withUnsafeMutableBytes { room -> (Int, Int) in
                var source = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                var sourceCount = heldCount
                var target = room.baseAddress?.assumingMemoryBound(to: CChar.self)
                // One byte is left for the mark of what is no character.
                var targetCount = room.count - 1
                let result = iconv(converter, &source, &sourceCount, &target, &targetCount)
                reason = result == Int(bitPattern: UInt.max) ? errno : 0
                return (heldCount - sourceCount, room.count - 1 - targetCount)
            }
        }
        drop(takenCount)
        // What is cut by the end of the input is as wrong as what is none.
        guard reason == EILSEQ || reason == EINVAL && isAtEnd, heldCount > 0 else { return doneCount }
        made[doneCount] = Self.invalidByte
        drop(1)
        return doneCount + 1
    }

    private func drop(_ count: Int) {
        guard count > 0 else { return }
        held.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            memmove(base, base + count, heldCount - count)
        }
        heldCount -= count
    }
}
