internal import EventLoop
internal import Glibc
internal import ResolutionProtocol

/// One connection of the control socket: requests in, answers out, in order. Nothing here is hot.
final class ControlConnection {
    private static let readByteCount = 16 << 10
    /// Text of one message, in bytes.
    private static let partByteCount = 200_000

    private let stream: ByteStream
    private let handler: ControlServer.Handler
    private let gone: (ControlConnection) -> Void
    private let buffer: UnsafeMutableRawPointer
    private var input: [UInt8] = []
    private var output: [UInt8] = []
    /// What `write` was given; stays where it is until the stream says that it is sent.
    private var sending: UnsafeMutableRawBufferPointer?
    private var peerHasEnded = false

    init(stream: ByteStream, handler: @escaping ControlServer.Handler, gone: @escaping (ControlConnection) -> Void) {
        self.stream = stream
        self.handler = handler
        self.gone = gone
        buffer = .allocate(byteCount: Self.readByteCount, alignment: 16)
    }

    deinit {
        buffer.deallocate()
        sending?.deallocate()
    }

    /// Begins to read. The stream keeps this object until it is closed.
    func start() {
        let context = Unmanaged.passRetained(self).toOpaque()
        stream.start(context: context, callbacks: Self.callbacks)
        if stream.startReading() != 0 { close() }
    }

    func close() { stream.close() }

    private static let callbacks = StreamCallbacks(
        buffer: { context, byteCount in
            byteCount.pointee = ControlConnection.readByteCount
            return ControlConnection.from(context).buffer
        },
        received: { ControlConnection.from($0).received(UnsafeRawBufferPointer(start: $1, count: $2)) },
        ended: { context, _ in ControlConnection.from(context).ended() },
        written: { ControlConnection.from($0).written($1) },
        shutDown: { context, _ in ControlConnection.from(context).close() },
        closed: { context in
            let connection = Unmanaged<ControlConnection>.fromOpaque(context).takeRetainedValue()
            connection.gone(connection)
        }
    )

    private static func from(_ context: UnsafeMutableRawPointer) -> ControlConnection {
        Unmanaged<ControlConnection>.fromOpaque(context).takeUnretainedValue()
    }

    private func received(_ bytes: UnsafeRawBufferPointer) {
        input += bytes
        while let message = nextMessage() { output += answer(to: message) }
        send()
    }

    /// Takes the next whole message off the input; closes the connection when there cannot be one.
    private func nextMessage() -> [UInt8]? {
        guard input.count >= Envelope.byteCount else { return nil }
        let announced = input[16..<20].reduce(0) { $0 << 8 | Int($1) }
        guard announced <= Envelope.messageLengthMax else {
            input = []
            close()
            return nil
        }
        guard input.count >= Envelope.byteCount + announced else { return nil }
        defer { input.removeFirst(Envelope.byteCount + announced) }
        return Array(input[..<(Envelope.byteCount + announced)])
    }

    private func answer(to bytes: [UInt8]) -> [UInt8] {
        guard let request = try? Message(wire: bytes) else {
            return Self.message(.protocolError, to: nil, .error(ErrorBody(message: Array("unreadable".utf8))))
        }
        guard let operation = ControlOperation(rawValue: request.header.opCode.rawValue) else {
            let text = Array("unknown control operation".utf8)
            return Self.message(.operationNotSupported, to: request, .error(ErrorBody(message: text)))
        }
        guard case .bytes(let body) = request.body,
            let argument = try? WireText(wire: body.isEmpty ? [0, 0, 0, 0] : body)
        else { return Self.message(.protocolError, to: request, .error(ErrorBody(message: Array("body".utf8)))) }
        switch handler(operation, argument.bytes) {
        case .text(let text): return Self.messages(of: text, to: request)
        case .failure(let why): return Self.message(.error, to: request, .error(ErrorBody(message: Array(why.utf8))))
        }
    }

    /// A text longer than a message goes in several, the continued flag set in all but the last.
    private static func messages(of text: [UInt8], to request: Message) -> [UInt8] {
        var rest = text[...]
        var wire: [UInt8] = []
        repeat {
            let part = rest.prefix(partByteCount)
            rest = rest.dropFirst(partByteCount)
            let flags: OpFlags = rest.isEmpty ? [] : .continued
            wire += message(.success, to: request, .bytes(WireText(Array(part)).wire), flags: flags)
        } while !rest.isEmpty
        return wire
    }

    private static func message(
        _ code: ResponseCode,
        to request: Message?,
        _ body: MessageBody,
        flags: OpFlags = []
    ) -> [UInt8] {
        Message(
            envelope: Envelope(requestID: request?.envelope.requestID ?? 0),
            header: Header(
                opCode: request?.header.opCode ?? .reserved,
                responseCode: code,
                flags: flags,
                expiration: UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds()) &+ Header.lifetimeSeconds
            ),
            body: body
        ).wire
    }

    private func send() {
        guard sending == nil, !output.isEmpty, !stream.isClosing else { return }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: output.count, alignment: 16)
        memory.copyBytes(from: output)
        output = []
        sending = memory
        if stream.write(UnsafeRawBufferPointer(memory)) != 0 { close() }
    }

    private func written(_ errno: Int32) {
        sending?.deallocate()
        sending = nil
        guard errno == 0 else { return close() }
        send()
        if peerHasEnded, sending == nil { close() }
    }

    private func ended() {
        peerHasEnded = true
        if sending == nil { close() }
    }
}
