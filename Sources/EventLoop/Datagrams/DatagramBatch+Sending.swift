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

    /// Sends what is queued and empties the queue; what goes to one asker leaves together where the kernel cuts it.
    ///
    /// Where the socket's buffer is full the rest is dropped (askers over UDP ask again); a datagram the system refuses
    /// for its own sake is skipped, so that it cannot hold up the others. `dropped` counts both, `counters` apart.
    @discardableResult
    package func flush(_ descriptor: Int32) -> (sent: Int, dropped: Int) {
        let counters = memory.counters
        let count = counters.pointee.queuedCount
        counters.pointee.queuedCount = 0
        let pieceCount = count > 1 && cutsPieces(descriptor) ? pieces.fill(from: memory, count: count) : 0
        let sent = pieceCount > 0 ? sendPieces(pieceCount, of: count, descriptor) : sendEach(count, descriptor)
        counters.pointee.sentCount &+= UInt64(sent)
        return (sent, count - sent)
    }

    /// Datagrams sent one by one after the system has refused to cut.
    private static let restCount: UInt64 = 100_000

    private func cutsPieces(_ descriptor: Int32) -> Bool {
        if let known = memory.counters.pointee.cutsPieces {
            return known && memory.counters.pointee.sentCount >= memory.counters.pointee.piecesFromCount
        }
        let cuts = hanjiang_cuts_into_segments(descriptor) == 1
        memory.counters.pointee.cutsPieces = cuts
        return cuts
    }

    /// Sends the first `count` queued datagrams one by one, and returns how many the system took.
    private func sendEach(_ count: Int, _ descriptor: Int32) -> Int {
        let counters = memory.counters
        var next = 0
        var sent = 0
        while next < count {
            switch send(memory.queued + next, count - next, descriptor) {
            case .taken(let taken):
                next += taken
                sent += taken
            case .isFull:
                counters.pointee.sendOverflowCount &+= UInt64(count - next)
                return sent
            case .refused:
                counters.pointee.sendFailureCount &+= 1
                next += 1
            }
        }
        return sent
    }

    /// Sends pieces that make `count` datagrams, and returns how many of these the system took.
    private func sendPieces(_ pieceCount: Int, of count: Int, _ descriptor: Int32) -> Int {
        let counters = memory.counters
        var next = 0
        /// Datagrams of the pieces before `next`.
        var done = 0
        var sent = 0
        while next < pieceCount {
            switch send(pieces.messages + next, pieceCount - next, descriptor) {
            case .taken(let taken):
                for piece in next..<(next + taken) {
                    let datagrams = pieces.datagramCounts[piece]
                    if datagrams > 1 { counters.pointee.joinedCount &+= UInt64(datagrams) }
                    done += datagrams
                    sent += datagrams
                }
                next += taken
            case .isFull:
                counters.pointee.sendOverflowCount &+= UInt64(count - done)
                return sent
            case .refused(let code):
                let datagrams = pieces.datagramCounts[next]
                if datagrams > 1 {
                    sent += sendOneByOne(done..<(done + datagrams), descriptor, refusedWith: code)
                } else {
                    counters.pointee.sendFailureCount &+= 1
                }
                done += datagrams
                next += 1
            }
        }
        return sent
    }

    /// Sends the datagrams of a piece that was refused, so that only those are lost that the system refuses by
    /// themselves; returns how many it took.
    ///
    /// Where it takes them so, pieces rest for a while. Where it does not, it is the address that it refuses, which
    /// anybody can forge, and nothing is known of pieces.
    @inline(never)
    private func sendOneByOne(_ places: Range<Int>, _ descriptor: Int32, refusedWith code: Int32) -> Int {
        let counters = memory.counters
        var sent = 0
        for place in places {
            switch send(memory.queued + pieces.order[place], 1, descriptor) {
            case .taken: sent += 1
            case .isFull: counters.pointee.sendOverflowCount &+= 1
            case .refused: counters.pointee.sendFailureCount &+= 1
            }
        }
        if sent > 0, Self.isRefusalToCut(code) {
            counters.pointee.piecesFromCount = counters.pointee.sentCount &+ Self.restCount
        }
        return sent
    }

    /// What became of an attempt to send.
    private enum Sending {
        /// The system took so many messages from the first on.
        case taken(Int)
        /// The socket's buffer is full.
        case isFull
        /// The first message is refused for its own sake.
        case refused(errno: Int32)
    }

    private func send(
        _ messages: UnsafeMutablePointer<hanjiang_message>,
        _ count: Int,
        _ descriptor: Int32
    ) -> Sending {
        var isTriedAgain = false
        while true {
            let result = hanjiang_sendmmsg(descriptor, messages, UInt32(count), Int32(MSG_DONTWAIT))
            if result > 0 { return .taken(Int(result)) }
            let code = result < 0 ? errno : EAGAIN
            if code == EINTR { continue }
            memory.counters.pointee.lastSendError = code
            if code == EAGAIN || code == ENOBUFS { return .isFull }
            // What an earlier datagram met is told at the next sending, which did not take place: it is tried again.
            guard code == ECONNREFUSED, !isTriedAgain else { return .refused(errno: code) }
            isTriedAgain = true
        }
    }

    /// An interface that cannot, or a datagram larger than a packet: sent one by one it is cut into fragments.
    private static func isRefusalToCut(_ code: Int32) -> Bool {
        code == EINVAL || code == EIO || code == EOPNOTSUPP || code == EMSGSIZE
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
