internal import ResolutionProtocol

extension WireWriter {
    /// Appends eight octets.
    mutating func uint64(_ value: UInt64) {
        uint32(UInt32(truncatingIfNeeded: value >> 32))
        uint32(UInt32(truncatingIfNeeded: value))
    }

    /// What has been written, for C. Valid until the next write.
    var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: address(of: 0), count: count) }
}

extension WireReader {
    /// Reads eight octets.
    mutating func uint64() throws(WireError) -> UInt64 {
        UInt64(try uint32()) << 32 | UInt64(try uint32())
    }
}

extension UInt64 {
    /// Eight octets, most significant first: keys that sort like numbers.
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }

    /// The number in the first eight octets of `bytes`; nil: there are fewer.
    init?(bigEndianBytes bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 8 else { return nil }
        self.init(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    }
}
