internal import Glibc
internal import Synchronization

/// Where the data file is mapped, to tell the place of damage by.
final class MapPlace: Sendable {
    private let address = Atomic<UInt>(0)
    private let byteCount = Atomic<Int>(0)

    /// First byte of the map and its size; nil: not known.
    var range: (address: UInt, byteCount: Int)? {
        let found = (address.load(ordering: .relaxed), byteCount.load(ordering: .relaxed))
        return found.0 == 0 ? nil : found
    }

    /// Offset in the file of what lies at `place`.
    func offset(of place: UnsafeRawPointer?) -> Int? {
        guard let place, let range else { return nil }
        let offset = UInt(bitPattern: place) &- range.address
        return offset < UInt(range.byteCount) ? Int(offset) : nil
    }

    /// Looks for the map of the file at `path` among those of this process.
    func find(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        let maps = Self.read("/proc/self/maps")
        for line in maps.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
            guard fields.count >= 5, String(decoding: fields[4], as: UTF8.self) == "\(status.st_ino)",
                fields[2].allSatisfy({ $0 == UInt8(ascii: "0") })
            else { continue }
            let ends = fields[0].split(separator: UInt8(ascii: "-")).map {
                UInt(String(decoding: $0, as: UTF8.self), radix: 16)
            }
            guard ends.count == 2, let begin = ends[0], let end = ends[1] else { continue }
            address.store(begin, ordering: .relaxed)
            byteCount.store(Int(end - begin), ordering: .relaxed)
            DamageReporter.follow(begin: begin, byteCount: Int(end - begin))
            return
        }
    }

    private static func read(_ path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var all: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return all }
            all += block[..<count]
        }
    }
}
