#if canImport(Glibc)
internal import Glibc
#endif

/// A cursor that appends to memory of its own, and remembers its first failure, so that writing has no error branches.
///
/// Grows by doubling up to `byteCountMax`; what would go beyond is not written and sets `hasOverflowed`. Emptied with
/// `removeAll()`, it keeps its memory, so that a worker that uses one again and again allocates nothing.
public struct WireWriter: ~Copyable {
    @usableFromInline var base: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    @usableFromInline var used: Int
    /// The most bytes it will ever hold.
    public let byteCountMax: Int
    @usableFromInline var overflowed: Bool

    /// Reserves `capacity` bytes; grows to at most `byteCountMax`.
    public init(capacity: Int, byteCountMax: Int = 16 * 1_048_576) {
        self.base = .allocate(byteCount: max(capacity, 16), alignment: 16)
        self.capacity = max(capacity, 16)
        self.used = 0
        self.byteCountMax = max(byteCountMax, self.capacity)
        self.overflowed = false
    }

    deinit { base.deallocate() }

    /// Bytes written.
    @inlinable
    public var count: Int { used }

    /// Whether something did not fit; all that was written after that is incomplete.
    @inlinable
    public var hasOverflowed: Bool { overflowed }

    /// What has been written.
    @inlinable
    public var bytes: RawSpan {
        @_lifetime(borrow self)
        borrowing get {
            // Safe: `count` bytes at `base` were written, and the span cannot outlive the borrow of self.
            _overrideLifetime(RawSpan(_unsafeStart: UnsafeRawPointer(base), byteCount: count), borrowing: self)
        }
    }

    /// The address of byte `offset`, for system calls. Valid until the next write or the end of the writer.
    @inlinable
    public func address(of offset: Int) -> UnsafeRawPointer { UnsafeRawPointer(base + offset) }

    /// Forgets everything written, keeps the memory.
    @inlinable
    public mutating func removeAll() {
        used = 0
        overflowed = false
    }

    /// Forgets what was written from byte `count` on, an overflow included.
    @inlinable
    public mutating func truncate(to count: Int) {
        guard count >= 0, count <= used else { return }
        used = count
        overflowed = false
    }

    /// Drops the first `byteCount` bytes and moves the rest to the front.
    public mutating func removeFirst(_ byteCount: Int) {
        let kept = count - max(0, min(byteCount, count))
        memmove(base, base + (count - kept), kept)
        used = kept
    }

    /// Gives memory above `capacity` back, when that much is not in use.
    public mutating func shrink(toCapacity newCapacity: Int) {
        let wanted = max(newCapacity, count, 16)
        guard wanted < capacity else { return }
        reallocate(capacity: wanted)
    }

    /// Appends one octet.
    @inlinable
    @inline(__always)
    public mutating func uint8(_ value: UInt8) { store(value) }

    /// Appends two octets.
    @inlinable
    @inline(__always)
    public mutating func uint16(_ value: UInt16) { store(value.bigEndian) }

    /// Appends four octets.
    @inlinable
    @inline(__always)
    public mutating func uint32(_ value: UInt32) { store(value.bigEndian) }

    /// Appends eight octets.
    @inlinable
    public mutating func uint64(_ value: UInt64) { store(value.bigEndian) }

    /// Appends four octets of a signed number.
    @inlinable
    @inline(__always)
    public mutating func int32(_ value: Int32) { store(value.bigEndian) }

    /// Appends the bytes that `span` lends, without a length.
    @inlinable
    @inline(__always)
    public mutating func span(_ span: RawSpan) {
        guard hasRoom(for: span.byteCount) else { return }
        // Safe: hasRoom has made sure of byteCount bytes behind count.
        span.withUnsafeBytes { source in
            if let address = source.baseAddress { (base + count).copyMemory(from: address, byteCount: source.count) }
        }
        used &+= span.byteCount
    }

    /// Appends a length and the bytes that `span` lends.
    @inlinable
    public mutating func lengthPrefixedSpan(_ span: RawSpan) {
        uint32(UInt32(truncatingIfNeeded: span.byteCount))
        self.span(span)
    }

    /// Appends `bytes` without a length.
    public mutating func bytes(_ bytes: [UInt8]) {
        span(bytes.span.bytes)
    }

    /// Appends a length and `bytes`.
    public mutating func lengthPrefixedBytes(_ bytes: [UInt8]) {
        lengthPrefixedSpan(bytes.span.bytes)
    }

    /// Appends a count and then the items.
    public mutating func array<Item: WireCodable>(_ items: [Item]) {
        uint32(UInt32(truncatingIfNeeded: items.count))
        for item in items { item.write(to: &self) }
    }

    /// Writes four octets over those at `offset`, which have been written before.
    @inlinable
    public mutating func overwriteUInt32(_ value: UInt32, at offset: Int) {
        guard offset >= 0, count - offset >= 4 else { return }
        (base + offset).storeBytes(of: value.bigEndian, as: UInt32.self)
    }

    /// Makes room for `byteCount` further bytes and lends their address, or nil when they do not fit.
    /// The caller fills them and then calls `advance`.
    @inlinable
    @inline(__always)
    package mutating func reserve(_ byteCount: Int) -> UnsafeMutableRawPointer? {
        hasRoom(for: byteCount) ? base + count : nil
    }

    /// Counts `byteCount` bytes, filled through `reserve`, as written.
    @inlinable
    package mutating func advance(_ byteCount: Int) { used &+= byteCount }

    @inlinable
    @inline(__always)
    mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        guard hasRoom(for: MemoryLayout<T>.size) else { return }
        (base + count).storeBytes(of: value, as: T.self)
        used &+= MemoryLayout<T>.size
    }

    @inlinable
    @inline(__always)
    mutating func hasRoom(for byteCount: Int) -> Bool {
        if capacity &- count >= byteCount { return !hasOverflowed }
        return grow(by: byteCount)
    }

    @inline(never)
    @usableFromInline
    mutating func grow(by byteCount: Int) -> Bool {
        guard !hasOverflowed, byteCount >= 0, byteCount <= byteCountMax - count else {
            overflowed = true
            return false
        }
        reallocate(capacity: min(byteCountMax, max(capacity * 2, count + byteCount)))
        return true
    }

    private mutating func reallocate(capacity newCapacity: Int) {
        let larger = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 16)
        larger.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = larger
        capacity = newCapacity
    }
}
