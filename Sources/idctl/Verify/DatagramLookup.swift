internal import EventLoop
internal import Glibc
internal import ResolutionProtocol

/// Asks over UDP: a batch of datagrams, then their answers; what is not answered in time is sent again.
final class DatagramLookup: LookupLink {
    let batchCountMax = 64
    /// After each sending of what is not answered yet, in milliseconds (wire.md §9).
    private static let waits = [500, 1_000, 1_500]

    private let socket: LookupSocket
    private var requests = WireWriter(capacity: 1 << 16)
    private var requestRanges: [Range<Int>] = []
    private var joinings: [DatagramJoining?] = []
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    private var nextID = UInt32.random(in: 1...0x3FFF_FFFF)

    init(_ server: SocketAddress) throws(LookupFailure) {
        socket = try LookupSocket.connected(SOCK_DGRAM, to: server, timeoutSeconds: 1)
    }

    deinit { buffer.deallocate() }

    func ask(_ batch: borrowing LookupBatch, _ each: (Int, LookupOutcome) -> Void) throws(LookupFailure) {
        let firstID = nextID
        nextID = (firstID &+ UInt32(batch.items.count)) & 0x3FFF_FFFF | 1
        write(batch, firstID: firstID)
        joinings = Array(repeating: nil, count: batch.items.count)
        var isAnswered = [Bool](repeating: false, count: batch.items.count)
        var left = batch.items.count
        for wait in Self.waits where left > 0 {
            for place in isAnswered.indices where !isAnswered[place] { try send(place) }
            let deadline = SystemClock.monotonicNanoseconds() &+ UInt64(wait) * 1_000_000
            while left > 0, try waitsForInput(until: deadline) {
                guard let place = try receive(batch, firstID: firstID, isAnswered, each) else { continue }
                isAnswered[place] = true
                left -= 1
            }
        }
        for place in isAnswered.indices where !isAnswered[place] { each(place, .unanswered) }
    }

    private func write(_ batch: borrowing LookupBatch, firstID: UInt32) {
        let expiration = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds()) &+ Header.lifetimeSeconds
        requests.removeAll()
        requestRanges.removeAll(keepingCapacity: true)
        for (place, item) in batch.items.enumerated() {
            let start = requests.count
            batch.writeRequest(for: item, requestID: firstID &+ UInt32(place), expiration: expiration, to: &requests)
            requestRanges.append(start..<requests.count)
        }
    }

    /// Sends a request, in several packets where it is long.
    private func send(_ place: Int) throws(LookupFailure) {
        let range = requestRanges[place]
        let request = UnsafeRawBufferPointer(start: requests.address(of: range.lowerBound), count: range.count)
        guard request.count > Packets.datagramByteCountMax else { return try socket.send(request) }
        var reader = WireReader(request.bytes)
        guard let envelope = try? Envelope(from: &reader) else { return }
        for datagram in Packets.datagrams(of: Array(request.dropFirst(Envelope.byteCount)), envelope: envelope) {
            try send(datagram)
        }
    }

    private func send(_ datagram: [UInt8]) throws(LookupFailure) {
        var failure: LookupFailure?
        datagram.withUnsafeBytes { bytes in
            do throws(LookupFailure) { try socket.send(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private func waitsForInput(until deadline: UInt64) throws(LookupFailure) -> Bool {
        let now = SystemClock.monotonicNanoseconds()
        guard now < deadline else { return false }
        return try socket.waitForInput(milliseconds: Int((deadline - now + 999_999) / 1_000_000))
    }

    /// Takes one datagram; the position of the row it completes the answer of, if it does.
    private func receive(
        _ batch: borrowing LookupBatch,
        firstID: UInt32,
        _ isAnswered: [Bool],
        _ each: (Int, LookupOutcome) -> Void
    ) throws(LookupFailure) -> Int? {
        let count = try socket.receive(into: buffer)
        let datagram = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        var reader = WireReader(datagram.bytes)
        // Others' datagrams, and answers that come twice, mean nothing here.
        guard let envelope = try? Envelope(from: &reader) else { return nil }
        let place = Int(envelope.requestID &- firstID)
        guard isAnswered.indices.contains(place), !isAnswered[place] else { return nil }
        if envelope.flags.contains(.truncated) {
            var joining = joinings[place] ?? DatagramJoining(byteCount: Int(envelope.messageLength))
            joining.add(datagram, number: Int(envelope.sequenceNumber))
            joinings[place] = joining
            guard joining.isComplete else { return nil }
            each(place, Self.outcome(joining.message.span.bytes, batch, place))
            joinings[place] = nil
        } else {
            each(place, Self.outcome(datagram.bytes, batch, place))
        }
        return place
    }

    private static func outcome(_ message: RawSpan, _ batch: borrowing LookupBatch, _ place: Int) -> LookupOutcome {
        batch.withValues(of: batch.items[place]) { LookupOutcome(message: message, expected: $0) }
    }
}
