internal import ResolutionProtocol

/// What a store says about itself, under the key `format`; written once.
///
///     0   magic           u64
///     8   format version  u32
///     12  folding         u8    1: case counts in suffixes
///     13  hash secret     u64
///     21  created         u64   seconds since 1970
///     29  UUID            16 bytes
struct FormatRecord: Hashable, Sendable {
    static let key = Array("format".utf8)
    static let magic: UInt64 = 0x6861_6E6A_6961_6E67
    /// The version that this code writes, and the newest it reads. Version 1 had no number of identifiers, no kept
    /// outcomes, and shorter rows of prefixes.
    static let currentVersion = 2

    var version: Int
    var folding: IdentifierFolding
    var secret: UInt64
    var createdUnixSeconds: UInt64
    var uuid: [UInt8]

    init(folding: IdentifierFolding, createdUnixSeconds: UInt64) {
        version = Self.currentVersion
        self.folding = folding
        self.createdUnixSeconds = createdUnixSeconds
        var random = SystemRandomNumberGenerator()
        secret = random.next()
        uuid = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
        // RFC 9562 §5.4: version 4, variant 10.
        uuid[6] = uuid[6] & 0x0F | 0x40
        uuid[8] = uuid[8] & 0x3F | 0x80
    }

    /// Reads the fields; `invalidField` when it is not a format record.
    init(from reader: inout WireReader) throws(WireError) {
        guard try reader.uint64() == Self.magic else { throw .invalidField }
        version = Int(try reader.uint32())
        // A newer version may have gone on differently from here.
        guard version <= Self.currentVersion else {
            folding = IdentifierFolding(isSuffixCaseSensitive: false)
            (secret, createdUnixSeconds, uuid) = (0, 0, [])
            return
        }
        folding = IdentifierFolding(isSuffixCaseSensitive: try reader.uint8() != 0)
        secret = try reader.uint64()
        createdUnixSeconds = try reader.uint64()
        uuid = try reader.bytes(byteCount: 16)
        try reader.finish()
    }

    func write(to writer: inout WireWriter) {
        writer.uint64(Self.magic)
        writer.uint32(UInt32(version))
        writer.uint8(folding.isSuffixCaseSensitive ? 1 : 0)
        writer.uint64(secret)
        writer.uint64(createdUnixSeconds)
        writer.bytes(uuid)
    }
}
