/// Makes a zip archive whose files are stored, with the checksums that a reader checks.
struct StoredArchive {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, _ contents: [UInt8]) {
        let offset = bytes.count
        let size = Self.number(contents.count, byteCount: 4)
        // Version 2.0, no flags, stored, no time.
        let common =
            [20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + Self.number(Int(Self.checksum(contents)), byteCount: 4) + size + size
            + Self.number(name.utf8.count, byteCount: 2) + [0, 0]
        bytes += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + contents
        directory += [0x50, 0x4B, 1, 2, 20, 0] + common + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        directory += Self.number(offset, byteCount: 4) + Array(name.utf8)
        count += 1
    }

    func finished() -> [UInt8] {
        let counts = Self.number(count, byteCount: 2)
        return bytes + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + counts + counts
            + Self.number(directory.count, byteCount: 4) + Self.number(bytes.count, byteCount: 4) + [0, 0]
    }

    /// Lowest byte first.
    private static func number(_ value: Int, byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// CRC-32 of zip, bit by bit.
    private static func checksum(_ contents: [UInt8]) -> UInt32 {
        var register = UInt32.max
        for byte in contents {
            register ^= UInt32(byte)
            for _ in 0..<8 { register = register & 1 == 0 ? register >> 1 : register >> 1 ^ 0xEDB8_8320 }
        }
        return ~register
    }
}
