internal import EventLoop
internal import ResolutionProtocol

/// A TCP connection to one server, over which some questions go at once (wire.md §10). Used on its loop's thread.
final class LoopConnection {
    /// What its owner hears.
    struct Events {
        var connected: (LoopConnection) -> Void
        var message: (LoopConnection, [UInt8]) -> Void
        /// It ended: with an errno, or 0 where the server closed it.
        var ended: (LoopConnection, Int32) -> Void
        /// What came cannot be a message.
        var malformed: (LoopConnection, WireError) -> Void
    }

    private static let readByteCount = 64 << 10

    let server: SocketAddress
    /// Questions that await answers on it, by RequestId.
    var openIDs: Set<UInt32> = []
    /// Questions that were asked over it, answers that came, and messages that answered none.
    var questionCount = 0
    var answerCount = 0
    var strayCount = 0
    var usedNanoseconds: UInt64 = 0
    private(set) var isConnected = false
    private(set) var isClosed = false
    private let events: Events
    private var stream: ByteStream?
    private let buffer: UnsafeMutableRawPointer
    private var cutter = MessageCutter()
    private var outgoing: [UInt8] = []
    /// What `write` was given; stays where it is until the stream says that it is sent.
    private var sending: UnsafeMutableRawBufferPointer?

    init(server: SocketAddress, events: Events) {
        self.server = server
        self.events = events
        buffer = .allocate(byteCount: Self.readByteCount, alignment: 16)
    }

    deinit {
        buffer.deallocate()
        sending?.deallocate()
    }

    /// Begins to connect. Throws where there is not even a socket.
    func open(at place: LoopPlace) throws(EventLoopError) {
        let context = Unmanaged.passRetained(self)
        do throws(EventLoopError) {
            stream = try ByteStream.connect(
                at: place,
                to: server,
                context: context.toOpaque(),
                callbacks: Self.callbacks,
                connected: { context, errno in LoopConnection.from(context).connected(errno) }
            )
        } catch {
            context.release()
            isClosed = true
            throw error
        }
    }

    /// Sends these bytes behind those that wait.
    func send(_ bytes: [UInt8]) {
        outgoing += bytes
        flush()
    }

    /// Ends it; its owner hears nothing more.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        stream?.close()
    }

    private static let callbacks = StreamCallbacks(
        buffer: { context, byteCount in
            byteCount.pointee = LoopConnection.readByteCount
            return LoopConnection.from(context).buffer
        },
        received: { LoopConnection.from($0).received(UnsafeRawBufferPointer(start: $1, count: $2)) },
        ended: { LoopConnection.from($0).end($1) },
        written: { LoopConnection.from($0).written($1) },
        shutDown: { _, _ in },
        closed: { Unmanaged<LoopConnection>.fromOpaque($0).release() }
    )

    private static func from(_ context: UnsafeMutableRawPointer) -> LoopConnection {
        Unmanaged<LoopConnection>.fromOpaque(context).takeUnretainedValue()
    }

    private func connected(_ errno: Int32) {
        guard errno == 0 else { return end(errno) }
        isConnected = true
        stream?.startReading()
        events.connected(self)
    }

    private func received(_ bytes: UnsafeRawBufferPointer) {
        cutter.append([UInt8](bytes)[...])
        do throws(WireError) {
            while !isClosed, let message = try cutter.next() { events.message(self, message) }
        } catch {
            guard !isClosed else { return }
            close()
            events.malformed(self, error)
        }
    }

    private func flush() {
        guard isConnected, !isClosed, sending == nil, !outgoing.isEmpty else { return }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: outgoing.count, alignment: 16)
        memory.copyBytes(from: outgoing)
        outgoing.removeAll(keepingCapacity: true)
        sending = memory
        let code = stream?.write(UnsafeRawBufferPointer(memory)) ?? 0
        if code != 0 { end(code) }
    }

    private func written(_ errno: Int32) {
        sending?.deallocate()
        sending = nil
        guard errno == 0 else { return end(errno) }
        flush()
    }

    private func end(_ errno: Int32) {
        guard !isClosed else { return }
        close()
        events.ended(self, errno)
    }
}
