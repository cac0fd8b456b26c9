/// A ZIP archive whose files are not compressed, as programs that must be simple write it.
struct StoredArchive {
    private var files: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    /// Adds the file `name`.
    mutating func add(_ name: String, _ text: String) {
        let (name, content) = (Array(name.utf8), Array(text.utf8))
        let size = Self.word(UInt32(content.count))
        let common =
            Self.half(20) + Self.half(0) + Self.half(0) + Self.word(0) + Self.word(Self.checksum(content))
            + size + size + Self.half(UInt16(name.count)) + Self.half(0)
        directory += Self.word(0x0201_4B50) + Self.half(20) + common + [UInt8](repeating: 0, count: 10)
        directory += Self.word(UInt32(files.count)) + name
        files += Self.word(0x0403_4B50) + common + name + content
        count += 1
    }

    /// The whole file.
    var bytes: [UInt8] {
        files + directory + Self.word(0x0605_4B50) + Self.word(0) + Self.half(count) + Self.half(count)
            + Self.word(UInt32(directory.count)) + Self.word(UInt32(files.count)) + Self.half(0)
    }

    /// CRC-32, bit by bit.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }

    private static func half(_ number: UInt16) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }

    private static func word(_ number: UInt32) -> [UInt8] {
        half(UInt16(number & 0xFFFF)) + half(UInt16(number >> 16))
    }
}
