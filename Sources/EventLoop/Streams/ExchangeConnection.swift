internal import Glibc

/// One connection of a `UnixSocketServer`. While something waits to be sent nothing is read, so that it stays small.
final class ExchangeConnection {
    private static let readByteCount = 16 << 10

    private let stream: ByteStream
    private let exchange: UnixSocketServer.Exchange
    private let gone: (ExchangeConnection) -> Void
    private let buffer: UnsafeMutableRawPointer
    private var input: [UInt8] = []
    /// What `write` was given; stays where it is until the stream says that it is sent.
    private var sending: UnsafeMutableRawBufferPointer?
    /// Nothing more is to be read: it is closed when all is sent.
    private var isEnding = false

    init(
        _ stream: ByteStream,
        _ exchange: @escaping UnixSocketServer.Exchange,
        gone: @escaping (ExchangeConnection) -> Void
    ) {
        self.stream = stream
        self.exchange = exchange
        self.gone = gone
        buffer = .allocate(byteCount: Self.readByteCount, alignment: 16)
    }

    deinit {
        buffer.deallocate()
        sending?.deallocate()
    }

    /// Begins to read. The stream keeps this object until it is closed.
    func start() {
        stream.start(context: Unmanaged.passRetained(self).toOpaque(), callbacks: Self.callbacks)
        if stream.startReading() != 0 { close() }
    }

    func close() { stream.close() }

    private static let callbacks = StreamCallbacks(
        buffer: { context, byteCount in
            byteCount.pointee = ExchangeConnection.readByteCount
            return ExchangeConnection.from(context).buffer
        },
        received: { ExchangeConnection.from($0).received(UnsafeRawBufferPointer(start: $1, count: $2)) },
        ended: { context, _ in ExchangeConnection.from(context).end() },
        written: { ExchangeConnection.from($0).written($1) },
        shutDown: { context, _ in ExchangeConnection.from(context).close() },
        closed: { context in
            let connection = Unmanaged<ExchangeConnection>.fromOpaque(context).takeRetainedValue()
            connection.gone(connection)
        }
    )

    private static func from(_ context: UnsafeMutableRawPointer) -> ExchangeConnection {
        Unmanaged<ExchangeConnection>.fromOpaque(context).takeUnretainedValue()
    }

    private func received(_ bytes: UnsafeRawBufferPointer) {
        guard !isEnding else { return }
        input += bytes
        let answer = exchange(&input)
        send(answer.bytes)
        if answer.isLast { end() }
    }

    private func send(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, !stream.isClosing else { return }
        stream.stopReading()
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        memory.copyBytes(from: bytes)
        sending = memory
        if stream.write(UnsafeRawBufferPointer(memory)) != 0 { close() }
    }

    private func written(_ errno: Int32) {
        sending?.deallocate()
        sending = nil
        guard errno == 0, !isEnding, stream.startReading() == 0 else { return close() }
    }

    private func end() {
        isEnding = true
        if sending == nil { close() }
    }
}
