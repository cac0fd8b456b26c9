internal import Glibc
internal import ResolutionProtocol

/// A row of a load as runs hold it.
///
///     0   bytes of all of it   u32
///     4   key length           u16
///     6   name length          u16; 0: the name is the key
///     8   flags                u8, 1: everyone may read every value
///     9   row number           u64
///     17  key, name, value list
struct LoadRow {
    static let headByteCount = 17

    let address: UnsafeRawPointer

    var byteCount: Int { Int(load(0, as: UInt32.self)) }
    var areAllPublic: Bool { load(8, as: UInt8.self) != 0 }
    var row: UInt64 { load(9, as: UInt64.self) }
    var key: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: address + Self.headByteCount, count: Int(load(4, as: UInt16.self)))
    }
    var isNameTheKey: Bool { load(6, as: UInt16.self) == 0 }
    /// The name as given.
    var name: UnsafeRawBufferPointer {
        let count = Int(load(6, as: UInt16.self))
        return count == 0 ? key : UnsafeRawBufferPointer(start: address + Self.headByteCount + key.count, count: count)
    }
    var valueList: UnsafeRawBufferPointer {
        let offset = Self.headByteCount + key.count + Int(load(6, as: UInt16.self))
        return UnsafeRawBufferPointer(start: address + offset, count: byteCount - offset)
    }

    private func load<Number: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: Number.Type) -> Number {
        Number(bigEndian: address.loadUnaligned(fromByteOffset: offset, as: type))
    }

    /// Whether this row comes before `other`: by key, and for the same key by row number.
    func precedes(_ other: LoadRow) -> Bool {
        let order = key.order(other.key)
        return order == 0 ? row < other.row : order < 0
    }

    /// Appends a row; false: it does not fit.
    static func append(
        key: UnsafeRawBufferPointer,
        name: [UInt8],
        isNameTheKey: Bool,
        valueList: RawSpan,
        areAllPublic: Bool,
        row: UInt64,
        to writer: inout WireWriter
    ) -> Bool {
        let nameByteCount = isNameTheKey ? 0 : name.count
        writer.uint32(UInt32(headByteCount + key.count + nameByteCount + valueList.byteCount))
        writer.uint16(UInt16(key.count))
        writer.uint16(UInt16(nameByteCount))
        writer.uint8(areAllPublic ? 1 : 0)
        writer.uint64(row)
        writer.span(key.bytes)
        if !isNameTheKey { writer.bytes(name) }
        writer.span(valueList)
        return !writer.hasOverflowed
    }
}

extension UnsafeRawBufferPointer {
    /// Below, at or above 0: as the bytes sort before, like or behind `other`'s; LMDB's order.
    func order(_ other: UnsafeRawBufferPointer) -> Int {
        let common = Swift.min(count, other.count)
        if common > 0, let a = baseAddress, let b = other.baseAddress {
            let order = memcmp(a, b, common)
            if order != 0 { return Int(order) }
        }
        return count - other.count
    }
}
