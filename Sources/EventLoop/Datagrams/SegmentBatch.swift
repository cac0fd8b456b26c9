import CLibUV
import Glibc

/// Up to 64 datagrams of a connected socket, sent by one system call; those of equal size go to the kernel in one
/// piece, which it cuts (UDP_SEGMENT, udp(7)): about half the cost of a datagram is the way of a piece through it.
///
/// What arrives is the same datagrams. Their order is that of their sizes. Where the system does not cut they are sent
/// one by one. All memory is taken by `init`.
package struct SegmentBatch: ~Copyable {
    /// Most datagrams that wait for one `flush`.
    package static let capacity = 64
    /// Most bytes a datagram's head may have: it is copied.
    package static let headByteCountMax = 32
    /// Most bytes the kernel takes in one piece, its own heads left out.
    private static let pieceByteCountMax = 65_000
    private static let controlByteCount = Int(HANJIANG_SEGMENT_CONTROL_SIZE)

    private let heads: UnsafeMutableRawPointer
    /// Two of a datagram: its head and its body.
    private let parts: UnsafeMutablePointer<iovec>
    private let byteCounts: UnsafeMutablePointer<Int>
    /// The parts again, in the order of their sizes.
    private let sortedParts: UnsafeMutablePointer<iovec>
    private let order: UnsafeMutablePointer<Int>
    private let pieces: UnsafeMutablePointer<hanjiang_message>
    /// How many datagrams each piece has.
    private let pieceCounts: UnsafeMutablePointer<Int>
    private let controls: UnsafeMutableRawPointer
    private var count = 0
    /// Whether the system cuts.
    private var cuts = true
    /// What the system said at the last refusal; 0: it never refused.
    package private(set) var lastError: Int32 = 0

    package init() {
        heads = .allocate(byteCount: Self.capacity * Self.headByteCountMax, alignment: 16)
        parts = .allocate(capacity: 2 * Self.capacity)
        byteCounts = .allocate(capacity: Self.capacity)
        sortedParts = .allocate(capacity: 2 * Self.capacity)
        order = .allocate(capacity: Self.capacity)
        pieces = .allocate(capacity: Self.capacity)
        pieces.initialize(repeating: hanjiang_message(), count: Self.capacity)
        pieceCounts = .allocate(capacity: Self.capacity)
        controls = .allocate(byteCount: Self.capacity * Self.controlByteCount, alignment: 16)
        controls.initializeMemory(as: UInt8.self, repeating: 0, count: Self.capacity * Self.controlByteCount)
    }

    deinit {
        heads.deallocate()
        parts.deallocate()
        byteCounts.deallocate()
        sortedParts.deallocate()
        order.deallocate()
        pieces.deallocate()
        pieceCounts.deallocate()
        controls.deallocate()
    }

    /// Queues one datagram, `head` followed by `body`.
    ///
    /// `head` is copied; `body` is read by `flush` and must stay where it is until then. False where as many wait as
    /// there is room for, or the head is too long: nothing was queued.
    package mutating func queue(head: UnsafeRawBufferPointer, body: UnsafeRawBufferPointer) -> Bool {
        guard count < Self.capacity, head.count <= Self.headByteCountMax else { return false }
        let copy = heads + count * Self.headByteCountMax
        if let start = head.baseAddress { copy.copyMemory(from: start, byteCount: head.count) }
        parts[2 * count] = iovec(iov_base: copy, iov_len: head.count)
        parts[2 * count + 1] = iovec(
            iov_base: UnsafeMutableRawPointer(mutating: body.baseAddress),
            iov_len: body.count
        )
        byteCounts[count] = head.count + body.count
        insert(count)
        count += 1
        return true
    }

    /// Sends what is queued, empties the queue, and returns how many datagrams were not taken: where the socket's
    /// buffer is full the rest is dropped, and a piece that the system refuses for its own sake is skipped.
    package mutating func flush(_ descriptor: Int32) -> Int {
        guard count > 0 else { return 0 }
        defer { count = 0 }
        let pieceCount = fillPieces()
        var next = 0
        var dropped = 0
        var isTriedAgain = false
        while next < pieceCount {
            let result = hanjiang_sendmmsg(descriptor, pieces + next, UInt32(pieceCount - next), Int32(MSG_DONTWAIT))
            if result > 0 {
                next += Int(result)
                isTriedAgain = false
                continue
            }
            let code = result < 0 ? errno : EAGAIN
            if code == EINTR { continue }
            lastError = code
            if code == EAGAIN || code == ENOBUFS { return dropped + datagramCount(from: next, to: pieceCount) }
            if pieceCounts[next] > 1, Self.isRefusalToCut(code) {
                cuts = false
                return dropped + sendRest(descriptor, from: next, to: pieceCount)
            }
            // What an earlier datagram met is told at the next sending, which did not take place: it is tried again.
            if code == ECONNREFUSED, !isTriedAgain {
                isTriedAgain = true
                continue
            }
            isTriedAgain = false
            dropped += pieceCounts[next]
            next += 1
        }
        return dropped
    }

    /// An interface that cannot, or a datagram larger than a packet: sent one by one it is cut into fragments.
    private static func isRefusalToCut(_ code: Int32) -> Bool {
        code == EINVAL || code == EIO || code == EOPNOTSUPP || code == EMSGSIZE
    }

    /// Puts a datagram's place into the order: behind those as long as it is, as all are most of the time.
    private func insert(_ place: Int) {
        let byteCount = byteCounts[place]
        var position = place
        while position > 0, byteCounts[order[position - 1]] > byteCount {
            order[position] = order[position - 1]
            position -= 1
        }
        order[position] = place
    }

    /// Makes pieces of the datagrams, and returns how many.
    private func fillPieces() -> Int {
        var pieceCount = 0
        var first = 0
        while first < count {
            let byteCount = byteCounts[order[first]]
            let most = cuts ? max(1, Self.pieceByteCountMax / max(1, byteCount)) : 1
            var end = first
            while end < count, end - first < most, byteCounts[order[end]] == byteCount {
                sortedParts[2 * end] = parts[2 * order[end]]
                sortedParts[2 * end + 1] = parts[2 * order[end] + 1]
                end += 1
            }
            fillPiece(pieceCount, first..<end, byteCount)
            pieceCount += 1
            first = end
        }
        return pieceCount
    }

    private func fillPiece(_ number: Int, _ datagrams: Range<Int>, _ byteCount: Int) {
        let piece = pieces + number
        piece.pointee.header.msg_iov = sortedParts + 2 * datagrams.lowerBound
        piece.pointee.header.msg_iovlen = 2 * datagrams.count
        pieceCounts[number] = datagrams.count
        if datagrams.count > 1, let size = UInt16(exactly: byteCount) {
            hanjiang_cut_into_segments(&piece.pointee.header, size, controls + number * Self.controlByteCount)
        } else {
            piece.pointee.header.msg_control = nil
            piece.pointee.header.msg_controllen = 0
        }
    }

    /// Sends the datagrams of some pieces one by one, and returns how many were not taken.
    private mutating func sendRest(_ descriptor: Int32, from first: Int, to end: Int) -> Int {
        let sent = datagramCount(from: 0, to: first)
        let rest = datagramCount(from: first, to: end)
        // The order is that of the sizes: what was sent is its beginning.
        for position in 0..<rest { order[position] = order[position + sent] }
        count = rest
        return flush(descriptor)
    }

    private func datagramCount(from first: Int, to end: Int) -> Int {
        (first..<end).reduce(0) { $0 + pieceCounts[$1] }
    }
}
