import EventLoop

/// A stream's owner for tests: writes down what it is told, and calls closures.
final class StreamProbe {
    var stream: ByteStream?
    private(set) var received: [UInt8] = []
    private(set) var ended: Int32?
    private(set) var connected: Int32?
    private(set) var written: [Int32] = []
    private(set) var shutDown: Int32?
    private(set) var closedCount = 0
    private(set) var eventsAfterClosed = 0

    var whenConnected: (StreamProbe) -> Void = { _ in }
    var whenReceived: (StreamProbe, [UInt8]) -> Void = { _, _ in }
    var whenEnded: (StreamProbe) -> Void = { _ in }
    var whenWritten: (StreamProbe) -> Void = { _ in }
    var whenShutDown: (StreamProbe) -> Void = { _ in }
    var whenClosed: (StreamProbe) -> Void = { _ in }

    private let memory = UnsafeMutableRawPointer.allocate(byteCount: 65_536, alignment: 16)
    /// Bytes lent to a write.
    private var lent: UnsafeMutableRawBufferPointer?

    deinit {
        memory.deallocate()
        lent?.deallocate()
    }

    /// Owns itself until the stream is closed.
    func adopt(_ stream: ByteStream) {
        self.stream = stream
        stream.start(context: retainedContext(), callbacks: Self.callbacks)
        stream.startReading()
    }

    func retainedContext() -> UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }

    /// Writes what the socket takes at once, and lends the rest to a write.
    func send(_ bytes: [UInt8]) -> (taken: Int, code: Int32) {
        guard let stream else { return (0, -1) }
        let taken = bytes.withUnsafeBytes { stream.tryWrite($0) }
        guard taken >= 0, taken < bytes.count else { return (taken, 0) }
        lent?.deallocate()
        let rest = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count - taken, alignment: 1)
        rest.copyBytes(from: bytes[taken...])
        lent = rest
        return (taken, stream.write(UnsafeRawBufferPointer(rest)))
    }

    private static func of(_ context: UnsafeMutableRawPointer) -> StreamProbe {
        let probe = Unmanaged<StreamProbe>.fromOpaque(context).takeUnretainedValue()
        if probe.closedCount > 0 { probe.eventsAfterClosed += 1 }
        return probe
    }

    static let whenConnectedCallback: StreamCallbacks.Outcome = { context, code in
        let probe = StreamProbe.of(context)
        probe.connected = code
        probe.whenConnected(probe)
    }

    static var callbacks: StreamCallbacks {
        StreamCallbacks(
            buffer: { context, byteCount in
                byteCount.pointee = 65_536
                return StreamProbe.of(context).memory
            },
            received: { context, bytes, byteCount in
                let probe = StreamProbe.of(context)
                let bytes = Array(UnsafeRawBufferPointer(start: bytes, count: byteCount))
                probe.received += bytes
                probe.whenReceived(probe, bytes)
            },
            ended: { context, code in
                let probe = StreamProbe.of(context)
                probe.ended = code
                probe.whenEnded(probe)
            },
            written: { context, code in
                let probe = StreamProbe.of(context)
                probe.written.append(code)
                probe.whenWritten(probe)
            },
            shutDown: { context, code in
                let probe = StreamProbe.of(context)
                probe.shutDown = code
                probe.whenShutDown(probe)
            },
            closed: { context in
                let probe = StreamProbe.of(context)
                probe.closedCount += 1
                probe.whenClosed(probe)
                Unmanaged<StreamProbe>.fromOpaque(context).release()
            }
        )
    }
}
