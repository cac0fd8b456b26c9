/// Ciphertext on its way between a session and whoever moves it, bounded; memory is given back when it is empty.
final class TLSCiphertext {
    /// Bytes held at most.
    static let byteCountMax = 64 << 10
    /// Memory that an empty one keeps, so that small messages take none anew.
    private static let keptCapacity = 1 << 10

    private var bytes: [UInt8] = []
    private var start = 0

    /// Bytes held.
    var count: Int { bytes.count - start }

    /// Bytes that fit.
    var room: Int { Self.byteCountMax - count }

    /// Takes as many of `more` as fit; returns how many.
    func append(_ more: UnsafeRawBufferPointer) -> Int {
        let taken = min(more.count, room)
        if start > 0, start >= count {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(contentsOf: more[..<taken])
        return taken
    }

    /// Moves up to `target.count` bytes to `target`; returns how many.
    func take(into target: UnsafeMutableRawBufferPointer) -> Int {
        let taken = min(target.count, count)
        guard taken > 0 else { return 0 }
        target.copyBytes(from: bytes[start..<(start + taken)])
        start += taken
        if start == bytes.count { removeAll() }
        return taken
    }

    /// Forgets what is held.
    func removeAll() {
        start = 0
        bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptCapacity)
    }
}
