internal import EventLoop
internal import Glibc
internal import ResolutionProtocol

/// Asks over one TCP connection: a batch of requests in one write, then their answers in any order.
final class StreamLookup: LookupLink {
    let batchCountMax = 512
    private static let timeoutSeconds = 10

    private let socket: LookupSocket
    private var requests = WireWriter(capacity: 1 << 16)
    private let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: Envelope.byteCount + Envelope.messageLengthMax + (1 << 18),
        alignment: 16
    )
    private var end = 0
    private var nextID = UInt32.random(in: 1...0x3FFF_FFFF)

    init(_ server: SocketAddress) throws(LookupFailure) {
        socket = try LookupSocket.connected(SOCK_STREAM, to: server, timeoutSeconds: Self.timeoutSeconds)
    }

    deinit { buffer.deallocate() }

    func ask(_ batch: borrowing LookupBatch, _ each: (Int, LookupOutcome) -> Void) throws(LookupFailure) {
        let firstID = nextID
        nextID = (firstID &+ UInt32(batch.items.count)) & 0x3FFF_FFFF | 1
        let expiration = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds()) &+ Header.lifetimeSeconds
        requests.removeAll()
        for (place, item) in batch.items.enumerated() {
            batch.writeRequest(for: item, requestID: firstID &+ UInt32(place), expiration: expiration, to: &requests)
        }
        try socket.send(UnsafeRawBufferPointer(start: requests.address(of: 0), count: requests.count))
        var isAnswered = [Bool](repeating: false, count: batch.items.count)
        var left = batch.items.count
        while left > 0 {
            try receive()
            left -= try handOn(batch, firstID: firstID, &isAnswered, each)
        }
    }

    private func receive() throws(LookupFailure) {
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[end...])
        let count = try socket.receive(into: room)
        guard count > 0 else { throw .system(errno: ECONNRESET) }
        end += count
    }

    /// Hands on every whole answer in the buffer and says how many those were.
    private func handOn(
        _ batch: borrowing LookupBatch,
        firstID: UInt32,
        _ isAnswered: inout [Bool],
        _ each: (Int, LookupOutcome) -> Void
    ) throws(LookupFailure) -> Int {
        var (start, count) = (0, 0)
        while end - start >= Envelope.byteCount {
            let rest = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
            let announced = Int(UInt32(bigEndian: rest.loadUnaligned(fromByteOffset: 16, as: UInt32.self)))
            guard announced <= Envelope.messageLengthMax else { throw .malformed }
            let byteCount = Envelope.byteCount + announced
            guard rest.count >= byteCount else { break }
            let place = Int(UInt32(bigEndian: rest.loadUnaligned(fromByteOffset: 8, as: UInt32.self)) &- firstID)
            guard isAnswered.indices.contains(place), !isAnswered[place] else { throw .malformed }
            isAnswered[place] = true
            let message = UnsafeRawBufferPointer(rebasing: rest[..<byteCount])
            each(
                place,
                batch.withValues(of: batch.items[place]) { LookupOutcome(message: message.bytes, expected: $0) }
            )
            start += byteCount
            count += 1
        }
        if let base = buffer.baseAddress { memmove(base, base + start, end - start) }
        end -= start
        return count
    }
}
