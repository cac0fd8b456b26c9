/// A cursor over bytes from the wire. Integers are big-endian; nothing is aligned (wire.md §1).
///
/// Every method checks against the bytes left before it believes a length, and moves on only when it succeeds.
public struct WireReader: ~Escapable {
    /// The largest length or count accepted anywhere in a message (wire.md §1).
    public static var lengthMax: Int { 1_048_576 }

    @usableFromInline let span: RawSpan
    @usableFromInline var position: Int

    /// Reads `span` from its first byte.
    @inlinable
    @_lifetime(copy span)
    public init(_ span: RawSpan) {
        self.span = span
        self.position = 0
    }

    /// Bytes read so far.
    @inlinable
    public var offset: Int { position }

    /// Bytes not read yet.
    @inlinable
    public var remaining: Int { span.byteCount - position }

    /// Reads one octet.
    @inlinable
    @inline(__always)
    public mutating func uint8() throws(WireError) -> UInt8 {
        try load(as: UInt8.self)
    }

    /// Reads two octets.
    @inlinable
    @inline(__always)
    public mutating func uint16() throws(WireError) -> UInt16 {
        UInt16(bigEndian: try load(as: UInt16.self))
    }

    /// Reads four octets.
    @inlinable
    @inline(__always)
    public mutating func uint32() throws(WireError) -> UInt32 {
        UInt32(bigEndian: try load(as: UInt32.self))
    }

    /// Reads eight octets.
    @inlinable
    public mutating func uint64() throws(WireError) -> UInt64 {
        UInt64(bigEndian: try load(as: UInt64.self))
    }

    /// Reads four octets as a signed number.
    @inlinable
    @inline(__always)
    public mutating func int32() throws(WireError) -> Int32 {
        Int32(bitPattern: try uint32())
    }

    /// Reads a length or count: four octets, 0...`lengthMax`.
    @inlinable
    @inline(__always)
    public mutating func length() throws(WireError) -> Int {
        let value = try uint32()
        guard value <= UInt32(Self.lengthMax) else { throw .lengthOutOfRange }
        return Int(value)
    }

    /// Reads a count of items that take at least `itemByteCountMin` bytes each, so that it can be believed for
    /// reserving.
    @inlinable
    @inline(__always)
    public mutating func count(itemByteCountMin: Int) throws(WireError) -> Int {
        let count = try length()
        guard count <= remaining / itemByteCountMin else { throw .truncated }
        return count
    }

    /// Steps over `byteCount` bytes.
    @inlinable
    @inline(__always)
    public mutating func skip(_ byteCount: Int) throws(WireError) {
        guard byteCount >= 0, byteCount <= remaining else { throw .truncated }
        position &+= byteCount
    }

    /// Lends the next `byteCount` bytes.
    @inlinable
    @inline(__always)
    @_lifetime(copy self)
    public mutating func span(byteCount: Int) throws(WireError) -> RawSpan {
        let start = position
        try skip(byteCount)
        return span.extracting(start..<position)
    }

    /// Lends a field that begins with its length (`bytes` and `str` of wire.md §1).
    @inlinable
    @_lifetime(copy self)
    public mutating func lengthPrefixedSpan() throws(WireError) -> RawSpan {
        let byteCount = try length()
        return try span(byteCount: byteCount)
    }

    /// Copies the next `byteCount` bytes.
    public mutating func bytes(byteCount: Int) throws(WireError) -> [UInt8] {
        [UInt8](try span(byteCount: byteCount))
    }

    /// Copies a field that begins with its length.
    public mutating func lengthPrefixedBytes() throws(WireError) -> [UInt8] {
        let byteCount = try length()
        return try bytes(byteCount: byteCount)
    }

    /// Reads a count and then that many items.
    public mutating func array<Item: WireCodable>() throws(WireError) -> [Item] {
        let count = try count(itemByteCountMin: Item.byteCountMin)
        var items: [Item] = []
        items.reserveCapacity(count)
        for _ in 0..<count { items.append(try Item(from: &self)) }
        return items
    }

    /// Refuses bytes that no field has taken.
    @inlinable
    public func finish() throws(WireError) {
        guard remaining == 0 else { throw .trailingBytes }
    }

    @inlinable
    @inline(__always)
    mutating func load<T: FixedWidthInteger & BitwiseCopyable>(as type: T.Type) throws(WireError) -> T {
        guard remaining >= MemoryLayout<T>.size else { throw .truncated }
        defer { position &+= MemoryLayout<T>.size }
        // Safe: the guard has shown that the bytes are there, and any bit pattern is an integer.
        return span.unsafeLoadUnaligned(fromByteOffset: position, as: type)
    }
}

extension [UInt8] {
    /// A copy of the bytes that `span` lends.
    public init(_ span: RawSpan) {
        self = span.withUnsafeBytes { Array($0) }
    }
}
