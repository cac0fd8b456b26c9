internal import CXXHash
internal import ResolutionProtocol

/// What stands in the data file: 8 bytes of checksum, then the content. The checksum covers the key as well, so that
/// content under a foreign key is known for damaged, too.
enum Sealed {
    /// Bytes before the content.
    static let headByteCount = 8

    /// The checksum of `content` under `key`.
    @inline(__always)
    static func checksum(key: UnsafeRawBufferPointer, content: UnsafeRawBufferPointer) -> UInt64 {
        let ofKey = hj_xxh3_64(key.baseAddress, key.count)
        let ofContent = hj_xxh3_64(content.baseAddress, content.count)
        return ofContent ^ ((ofKey << 29 | ofKey >> 35) &* 0x9E37_79B1_85EB_CA87)
    }

    /// The content of `value`, or nil when its bytes are not those that were written under `key`.
    @inline(__always)
    static func open(_ value: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard value.count >= headByteCount else { return nil }
        let content = UnsafeRawBufferPointer(rebasing: value[headByteCount...])
        let stored = UInt64(bigEndian: value.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
        return stored == checksum(key: key, content: content) ? content : nil
    }

    /// Begins a value in `writer`, which is emptied.
    static func begin(_ writer: inout WireWriter) {
        writer.removeAll()
        writer.uint32(0)
        writer.uint32(0)
    }

    /// Ends the value in `writer`: fills in its checksum.
    static func end(_ writer: inout WireWriter, key: UnsafeRawBufferPointer) {
        let content = UnsafeRawBufferPointer(
            start: writer.address(of: headByteCount),
            count: writer.count - headByteCount
        )
        let checksum = checksum(key: key, content: content)
        writer.overwriteUInt32(UInt32(truncatingIfNeeded: checksum >> 32), at: 0)
        writer.overwriteUInt32(UInt32(truncatingIfNeeded: checksum), at: 4)
    }
}
