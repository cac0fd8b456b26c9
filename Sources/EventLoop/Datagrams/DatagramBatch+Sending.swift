import CLibUV
import Glibc

// Queueing and sending answers. None of this changes what was received, so that spans lent by the batch stay usable.
extension DatagramBatch {
    /// Queues one datagram, `head` followed by `body`, for the sender of a received one; it leaves from the address
    /// that was asked.
    ///
    /// `head` is copied and has at most `headByteCountMax` bytes (it may be empty); `body` is read by `flush` and must
    /// stay where it is until then. False where `queueCapacity` datagrams wait already: nothing was queued, flush
    /// first.
    package func queue(head: UnsafeRawBufferPointer, body: UnsafeRawBufferPointer, toPeerOf slot: Int) -> Bool {
        check(slot)
        guard let place = addParts(head: head, body: body) else { return false }
        let from = memory.received + slot
        let message = memory.queued + place
        let nameByteCount = min(Int(from.pointee.header.msg_namelen), DatagramMemory.sendNameByteCount)
        message.pointee.header.msg_name.copyMemory(from: memory.receivedNames + slot, byteCount: nameByteCount)
        message.pointee.header.msg_namelen = socklen_t(nameByteCount)
        hanjiang_answer_from_asked_address(
            &from.pointee.header,
            &message.pointee.header,
            memory.queuedControls + place * DatagramMemory.sendControlByteCount
        )
        return true
    }

    /// Queues one datagram for any address (nil: the one the socket is connected to); otherwise like
    /// `queue(head:body:toPeerOf:)`.
    package func queue(
        head: UnsafeRawBufferPointer,
        body: UnsafeRawBufferPointer,
        to address: SocketAddress?
    ) -> Bool {
        guard let place = addParts(head: head, body: body) else { return false }
        let message = memory.queued + place
        message.pointee.header.msg_namelen = address?.write(to: message.pointee.header.msg_name) ?? 0
        message.pointee.header.msg_control = nil
        message.pointee.header.msg_controllen = 0
        return true
    }

    /// How many datagrams wait for `flush`.
    package var queuedCount: Int { memory.counters.pointee.queuedCount }

    /// Whether the next `queue` would be refused.
    package var needsFlush: Bool { queuedCount >= Self.queueCapacity }

    /// Sends what is queued and empties the queue.
    ///
    /// Where the socket's buffer is full the rest is dropped (askers over UDP ask again); a datagram the system refuses
    /// for its own sake is skipped, so that it cannot hold up the others. `dropped` counts both, `counters` apart.
    @discardableResult
    package func flush(_ descriptor: Int32) -> (sent: Int, dropped: Int) {
        let counters = memory.counters
        let count = counters.pointee.queuedCount
        counters.pointee.queuedCount = 0
        var next = 0
        var sent = 0
        while next < count {
            let result = hanjiang_sendmmsg(
                descriptor,
                memory.queued + next,
                UInt32(count - next),
                Int32(MSG_DONTWAIT)
            )
            if result > 0 {
                next += Int(result)
                sent += Int(result)
                continue
            }
            let code = result < 0 ? errno : EAGAIN
            if code == EINTR { continue }
            if code == EAGAIN || code == ENOBUFS {
                counters.pointee.sendOverflowCount &+= UInt64(count - next)
                break
            }
            counters.pointee.sendFailureCount &+= 1
            next += 1
        }
        counters.pointee.sentCount &+= UInt64(sent)
        return (sent, count - sent)
    }

    /// Fills the next place of the queue with the datagram's bytes and returns it; nil where none is left.
    func addParts(head: UnsafeRawBufferPointer, body: UnsafeRawBufferPointer) -> Int? {
        // Our own bug: heads are of a fixed size that the protocol gives.
        precondition(head.count <= Self.headByteCountMax, "a datagram's head is too long")
        let place = memory.counters.pointee.queuedCount
        guard place < Self.queueCapacity else { return nil }
        memory.counters.pointee.queuedCount = place + 1
        let parts = memory.queuedParts + 2 * place
        let copy = memory.queuedHeads + place * DatagramMemory.headByteCountMax
        if let start = head.baseAddress { copy.copyMemory(from: start, byteCount: head.count) }
        parts[0] = iovec(iov_base: copy, iov_len: head.count)
        parts[1] = iovec(iov_base: UnsafeMutableRawPointer(mutating: body.baseAddress), iov_len: body.count)
        let hasHead = head.count > 0
        memory.queued[place].header.msg_iov = hasHead ? parts : parts + 1
        memory.queued[place].header.msg_iovlen = hasHead ? 2 : 1
        return place
    }
}
