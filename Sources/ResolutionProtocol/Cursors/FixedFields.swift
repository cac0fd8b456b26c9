/// Fields at fixed offsets, for the two parts of a message that every query reads and writes: one check of the room
/// stands for all of them. Worth about 200 instructions a query against field by field.
extension RawSpan {
    /// The octet at `offset`. The caller has taken the span with a length that covers it.
    @inline(__always)
    func uint8(at offset: Int) -> UInt8 { unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

    /// Two octets at `offset`.
    @inline(__always)
    func uint16(at offset: Int) -> UInt16 {
        unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self).bigEndian
    }

    /// Four octets at `offset`.
    @inline(__always)
    func uint32(at offset: Int) -> UInt32 {
        unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self).bigEndian
    }
}

/// Memory for fields at fixed offsets, lent by `WireWriter.fixed`.
struct FixedFieldWriter {
    fileprivate let base: UnsafeMutableRawPointer

    @inline(__always)
    func uint8(_ value: UInt8, at offset: Int) { base.storeBytes(of: value, toByteOffset: offset, as: UInt8.self) }

    @inline(__always)
    func uint16(_ value: UInt16, at offset: Int) {
        base.storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt16.self)
    }

    @inline(__always)
    func uint32(_ value: UInt32, at offset: Int) {
        base.storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt32.self)
    }
}

extension WireWriter {
    /// Appends `byteCount` bytes whose fields `fill` writes, all of them; nothing where there is no room.
    @inline(__always)
    mutating func fixed(byteCount: Int, _ fill: (FixedFieldWriter) -> Void) {
        guard let base = reserve(byteCount) else { return }
        fill(FixedFieldWriter(base: base))
        advance(byteCount)
    }
}
