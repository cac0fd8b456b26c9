import CLibUV
import Glibc

// Reading what `receive` brought. A slot is an index below `count`; another one is a bug of ours, not of a sender.
extension DatagramBatch {
    /// All slots as one piece of memory; a datagram lies at `offset(of:)` with `byteCount(of:)` bytes.
    package var block: RawSpan {
        @_lifetime(borrow self)
        get {
            let span = RawSpan(_unsafeStart: memory.block, byteCount: Self.capacity * Self.slotByteCount)
            return _overrideLifetime(span, borrowing: self)
        }
    }

    /// The bytes of one datagram.
    @_lifetime(borrow self)
    package func datagram(at slot: Int) -> RawSpan {
        let span = RawSpan(_unsafeStart: memory.block + offset(of: slot), byteCount: byteCount(of: slot))
        return _overrideLifetime(span, borrowing: self)
    }

    /// Where a datagram begins in `block`.
    package func offset(of slot: Int) -> Int {
        slot &* Self.slotByteCount
    }

    /// How many bytes of a datagram there are, at most `slotByteCount`.
    package func byteCount(of slot: Int) -> Int {
        check(slot)
        return Int(memory.received[slot].byte_count)
    }

    /// Whether the datagram was longer than its slot, so that its end is lost.
    package func wasTruncated(_ slot: Int) -> Bool {
        check(slot)
        return memory.received[slot].header.msg_flags & Int32(MSG_TRUNC) != 0
    }

    /// The sender as the kernel wrote it, a sockaddr_in or sockaddr_in6. Valid until the next `receive`.
    package func peerBytes(of slot: Int) -> UnsafeRawBufferPointer {
        check(slot)
        let byteCount = min(Int(memory.received[slot].header.msg_namelen), MemoryLayout<sockaddr_storage>.size)
        return UnsafeRawBufferPointer(start: memory.receivedNames + slot, count: byteCount)
    }

    /// The sender; nil where the kernel named none.
    package func peer(of slot: Int) -> SocketAddress? {
        let bytes = peerBytes(of: slot)
        guard let start = bytes.baseAddress else { return nil }
        return SocketAddress(start, byteCount: bytes.count)
    }

    /// The address of ours that the datagram was sent to, with port 0; nil unless the socket is bound to a wildcard.
    package func askedAddress(of slot: Int) -> SocketAddress? {
        check(slot)
        var bytes: (UInt64, UInt64) = (0, 0)
        let family = withUnsafeMutableBytes(of: &bytes) { bytes in
            hanjiang_local_address(
                &memory.received[slot].header,
                bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            )
        }
        switch family {
        case AF_INET:
            return SocketAddress(ipv4: UInt32(truncatingIfNeeded: UInt64(bigEndian: bytes.0) >> 32), port: 0)
        case AF_INET6:
            return SocketAddress(ipv6High: UInt64(bigEndian: bytes.0), low: UInt64(bigEndian: bytes.1), port: 0)
        default:
            return nil
        }
    }

    func check(_ slot: Int) {
        // Our own bug: slots come from `0..<count`, never from a message.
        precondition(slot >= 0 && slot < count, "a slot that was not received")
    }
}
