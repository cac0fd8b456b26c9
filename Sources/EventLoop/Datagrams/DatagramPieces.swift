import CLibUV
import Glibc

/// Queued datagrams put together by their askers: what one asker gets goes to the kernel in pieces, each of datagrams
/// of one size and at last a shorter one, which the kernel cuts (UDP_SEGMENT, udp(7)).
///
/// What arrives is the same datagrams, those of one asker in the order in which they were queued. A value that names
/// memory: copying it copies nothing, and `deallocate()` is for the batch to call.
struct DatagramPieces {
    /// Most datagrams of a piece: UDP_MAX_SEGMENTS of the oldest kernels that cut.
    private static let datagramCountMax = 64
    /// Most bytes the kernel takes in one piece, its own heads left out.
    private static let byteCountMax = 65_000
    private static let capacity = DatagramMemory.sendSlotCount
    private static let controlByteCount = DatagramMemory.sendControlByteCount + Int(HANJIANG_SEGMENT_CONTROL_SIZE)
    /// Places of the table of askers, a power of two; twice as many as there can be askers.
    private static let tableCount = 2 * capacity

    /// The pieces, as sendmmsg wants them.
    let messages: UnsafeMutablePointer<hanjiang_message>
    /// How many datagrams each piece has.
    let datagramCounts: UnsafeMutablePointer<Int>
    /// The datagrams' numbers in the queue, piece after piece.
    let order: UnsafeMutablePointer<Int>
    /// The datagrams' parts, piece after piece.
    private let parts: UnsafeMutablePointer<iovec>
    private let controls: UnsafeMutableRawPointer
    private let byteCounts: UnsafeMutablePointer<Int>
    /// The next datagram of the same asker; -1: there is none.
    private let next: UnsafeMutablePointer<Int>
    /// Each asker's first datagram.
    private let firsts: UnsafeMutablePointer<Int>
    /// Each asker's last datagram.
    private let lasts: UnsafeMutablePointer<Int>
    /// Which asker a hash is of, counted from 1; 0: none.
    private let table: UnsafeMutablePointer<UInt8>

    init() {
        messages = .allocate(capacity: Self.capacity)
        messages.initialize(repeating: hanjiang_message(), count: Self.capacity)
        datagramCounts = .allocate(capacity: Self.capacity)
        order = .allocate(capacity: Self.capacity)
        parts = .allocate(capacity: 2 * Self.capacity)
        controls = .allocate(byteCount: Self.capacity * Self.controlByteCount, alignment: 16)
        controls.initializeMemory(as: UInt8.self, repeating: 0, count: Self.capacity * Self.controlByteCount)
        byteCounts = .allocate(capacity: Self.capacity)
        next = .allocate(capacity: Self.capacity)
        firsts = .allocate(capacity: Self.capacity)
        lasts = .allocate(capacity: Self.capacity)
        table = .allocate(capacity: Self.tableCount)
        table.initialize(repeating: 0, count: Self.tableCount)
    }

    func deallocate() {
        messages.deallocate()
        datagramCounts.deallocate()
        order.deallocate()
        parts.deallocate()
        controls.deallocate()
        byteCounts.deallocate()
        next.deallocate()
        firsts.deallocate()
        lasts.deallocate()
        table.deallocate()
    }

    /// Makes pieces of the first `count` datagrams queued in `memory`, and returns how many; 0: each asker gets one
    /// datagram only, so that there is nothing to put together.
    func fill(from memory: DatagramMemory, count: Int) -> Int {
        let askerCount = sortByAsker(memory.queued, count)
        guard askerCount < count else { return 0 }
        var pieceCount = 0
        var taken = 0
        for asker in 0..<askerCount {
            var datagram = firsts[asker]
            while datagram >= 0 {
                let first = taken
                let byteCount = byteCounts[datagram]
                datagram = takePiece(from: datagram, &taken)
                finishPiece(pieceCount, first..<taken, byteCount, memory.queued)
                pieceCount += 1
            }
        }
        return pieceCount
    }

    // MARK: Askers

    /// Chains the datagrams of each asker as they were queued, and returns how many askers there are.
    private func sortByAsker(_ queued: UnsafeMutablePointer<hanjiang_message>, _ count: Int) -> Int {
        table.update(repeating: 0, count: Self.tableCount)
        var askerCount = 0
        for datagram in 0..<count {
            byteCounts[datagram] = Self.byteCount(of: queued[datagram].header)
            if let asker = asker(of: datagram, queued, &askerCount) { chain(datagram, behind: asker) }
        }
        return askerCount
    }

    /// Bytes of a datagram, which is queued in one part or two.
    private static func byteCount(of header: msghdr) -> Int {
        guard let parts = header.msg_iov else { return 0 }
        return header.msg_iovlen > 1 ? parts[0].iov_len &+ parts[1].iov_len : parts[0].iov_len
    }

    /// The asker of a datagram; nil where it is the first of a new one.
    private func asker(
        of datagram: Int,
        _ queued: UnsafeMutablePointer<hanjiang_message>,
        _ askerCount: inout Int
    ) -> Int? {
        var place = Self.hash(queued[datagram].header) & (Self.tableCount - 1)
        while table[place] != 0 {
            let asker = Int(table[place]) - 1
            if Self.isSameAsker(queued[firsts[asker]].header, queued[datagram].header) { return asker }
            place = (place + 1) & (Self.tableCount - 1)
        }
        // At most as many askers as datagrams, 128: half of the table stays empty.
        table[place] = UInt8(truncatingIfNeeded: askerCount + 1)
        firsts[askerCount] = datagram
        lasts[askerCount] = datagram
        next[datagram] = -1
        askerCount += 1
        return nil
    }

    private func chain(_ datagram: Int, behind asker: Int) {
        next[lasts[asker]] = datagram
        next[datagram] = -1
        lasts[asker] = datagram
    }

    /// Port and address as one number; IPv6 addresses fold to it.
    private static func hash(_ header: msghdr) -> Int {
        guard let name = header.msg_name, header.msg_namelen >= 16 else { return 0 }
        var word = name.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        if header.msg_namelen > 16 {
            word ^= name.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            word ^= name.loadUnaligned(fromByteOffset: 16, as: UInt64.self) &* 0x9E37_79B9_7F4A_7C15
        }
        return Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 48)
    }

    /// Whether two datagrams go to one address from one address.
    private static func isSameAsker(_ one: msghdr, _ other: msghdr) -> Bool {
        guard one.msg_namelen == other.msg_namelen, one.msg_controllen == other.msg_controllen else { return false }
        return memcmp(one.msg_name, other.msg_name, Int(one.msg_namelen)) == 0
            && (one.msg_controllen == 0 || memcmp(one.msg_control, other.msg_control, one.msg_controllen) == 0)
    }

    // MARK: Pieces

    /// Takes a piece off a chain that begins at `datagram`, and returns what the chain then begins with.
    private func takePiece(from datagram: Int, _ taken: inout Int) -> Int {
        let size = byteCounts[datagram]
        var datagram = datagram
        var room = Self.byteCountMax
        var places = Self.datagramCountMax
        var isLast = false
        repeat {
            order[taken] = datagram
            taken += 1
            room -= byteCounts[datagram]
            places -= 1
            // A shorter one ends a piece, a longer one begins another; an empty one is never cut off.
            isLast = byteCounts[datagram] < size
            datagram = next[datagram]
            guard datagram >= 0, byteCounts[datagram] > 0, byteCounts[datagram] <= min(size, room) else { break }
        } while !isLast && places > 0
        return datagram
    }

    private func finishPiece(
        _ number: Int,
        _ places: Range<Int>,
        _ byteCount: Int,
        _ queued: UnsafeMutablePointer<hanjiang_message>
    ) {
        let piece = messages + number
        piece.pointee = queued[order[places.lowerBound]]
        datagramCounts[number] = places.count
        guard places.count > 1, let size = UInt16(exactly: byteCount) else { return }
        var part = 2 * places.lowerBound
        piece.pointee.header.msg_iov = parts + part
        for place in places {
            let header = queued[order[place]].header
            for index in 0..<header.msg_iovlen {
                if let from = header.msg_iov { parts[part] = from[index] }
                part += 1
            }
        }
        piece.pointee.header.msg_iovlen = part - 2 * places.lowerBound
        hanjiang_cut_into_datagrams(&piece.pointee.header, size, controls + number * Self.controlByteCount)
    }
}
