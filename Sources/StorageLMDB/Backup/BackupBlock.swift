internal import CXXHash
internal import ResolutionProtocol

/// The form of a backup file: a head, then blocks; the last two are the summary and the manifest.
///
///     head     magic u64, version u32
///     block    kind u8, raw bytes u32, bytes u32, checksum u64, then the bytes
///
/// The checksum is XXH3 of the bytes, seeded with the block's number, so that a block that is missing, repeated or out
/// of place is known. `rows` blocks are a zstd frame of
///
///     op u8: 0 table   name u8 + bytes                          what follows is about this table
///            1 put     key u16 + bytes, value u32 + bytes
///            2 remove  key u16 + bytes
///            3 gap     first u64, last u64                      none of these sequence numbers is in the log
///
/// carried out in this order. The summary is in wire form, the manifest is JSON; neither is compressed.
enum BackupBlock {
    /// What a block holds.
    enum Kind: UInt8 {
        case rows = 1
        case summary = 2
        case manifest = 3
    }

    /// What a row is to do.
    enum Operation: UInt8 {
        case table = 0
        case put = 1
        case remove = 2
        case gap = 3
    }

    /// A block's head.
    struct Head {
        var kind: Kind
        var rawByteCount: Int
        var byteCount: Int
        var checksum: UInt64
    }

    /// `HJBACKUP`.
    static let magic: UInt64 = 0x484A_4241_434B_5550
    /// The version that this code writes, and the newest it reads.
    static let version = 1
    static let fileHeadByteCount = 12
    static let headByteCount = 17
    /// Bytes before compression at which a block is closed. One may grow beyond by a row, or by the records of a chunk
    /// of the log.
    static let rawByteCountSoftMax = 1 << 20
    /// More is neither written nor believed.
    static let rawByteCountMax = 512 << 20

    static func writeFileHead(to writer: inout WireWriter) {
        writer.uint64(magic)
        writer.uint32(UInt32(version))
    }

    static func write(_ head: Head, to writer: inout WireWriter) {
        writer.uint8(head.kind.rawValue)
        writer.uint32(UInt32(truncatingIfNeeded: head.rawByteCount))
        writer.uint32(UInt32(truncatingIfNeeded: head.byteCount))
        writer.uint64(head.checksum)
    }

    static func head(_ bytes: RawSpan) throws(WireError) -> Head {
        var reader = WireReader(bytes)
        guard let kind = Kind(rawValue: try reader.uint8()) else { throw .invalidField }
        let (raw, stored) = (Int(try reader.uint32()), Int(try reader.uint32()))
        guard raw <= rawByteCountMax, stored <= rawByteCountMax, kind == .rows || raw == 0 else {
            throw .lengthOutOfRange
        }
        return Head(kind: kind, rawByteCount: raw, byteCount: stored, checksum: try reader.uint64())
    }

    static func checksum(_ bytes: UnsafeRawBufferPointer, number: Int) -> UInt64 {
        hj_xxh3_64_seeded(bytes.baseAddress, bytes.count, UInt64(number))
    }
}

/// The digest of all blocks: each step takes in the digest so far and the next checksum.
struct BackupDigest: Hashable, Sendable {
    private(set) var words: [UInt64] = [0, 0]

    mutating func add(_ checksum: UInt64) {
        let next = [words[0].bigEndian, words[1].bigEndian, checksum.bigEndian].withUnsafeBytes {
            hj_xxh3_128_seeded($0.baseAddress, $0.count, 0)
        }
        words = [next.high64, next.low64]
    }
}
