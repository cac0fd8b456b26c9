import CLibUV
import Glibc

extension ByteStream {
    /// Begins to connect by TCP; `connected` is called with 0 or an errno, unless the stream is closed before.
    ///
    /// Nothing may be read or written before. After a failure the owner closes the stream. `source` names the address
    /// to come from, the system's choice if nil. `context` must stay valid until `closed` has been called. Throws where
    /// there is not even a socket; then no callback is called.
    package static func connect(
        on loop: borrowing EventLoop,
        to address: SocketAddress,
        from source: SocketAddress? = nil,
        context: UnsafeMutableRawPointer,
        callbacks: StreamCallbacks,
        connected: @escaping StreamCallbacks.Outcome
    ) throws(EventLoopError) -> ByteStream {
        try connect(
            at: loop.place(),
            to: address,
            from: source,
            context: context,
            callbacks: callbacks,
            connected: connected
        )
    }

    /// The same from a callback of the loop.
    package static func connect(
        at place: LoopPlace,
        to address: SocketAddress,
        from source: SocketAddress? = nil,
        context: UnsafeMutableRawPointer,
        callbacks: StreamCallbacks,
        connected: @escaping StreamCallbacks.Outcome
    ) throws(EventLoopError) -> ByteStream {
        let stream = try makeTCP(place.loop)
        let memory = stream.memory
        var result: Int32 = 0
        if let source { result = source.withSystemAddress { address, _ in uv_tcp_bind(memory.tcp, address, 0) } }
        if result == 0 {
            result = address.withSystemAddress { address, _ in
                uv_tcp_connect(memory.connectRequest, memory.tcp, address, StreamEvents.connected)
            }
        }
        guard result == 0 else {
            stream.close()
            throw .system(errno: -result, attempted: .connect, place: "TCP address \(address)")
        }
        memory.state.pointee.peer = address
        memory.state.pointee.connected = connected
        stream.start(context: context, callbacks: callbacks)
        return stream
    }

    /// Begins to connect to a Unix socket; otherwise like connecting by TCP.
    package static func connect(
        on loop: borrowing EventLoop,
        toUnixSocket path: String,
        context: UnsafeMutableRawPointer,
        callbacks: StreamCallbacks,
        connected: @escaping StreamCallbacks.Outcome
    ) throws(EventLoopError) -> ByteStream {
        guard path.utf8.count <= UnixSocketFile.pathByteCountMax else {
            throw .pathTooLong(path: path, byteCountMax: UnixSocketFile.pathByteCountMax)
        }
        let stream = try makePipe(loop.loop)
        let memory = stream.memory
        memory.state.pointee.connected = connected
        stream.start(context: context, callbacks: callbacks)
        uv_pipe_connect(memory.connectRequest, memory.pipe, path, StreamEvents.connected)
        return stream
    }

    /// A stream for an accepted descriptor, which it takes over, whatever happens.
    static func accepted(
        on loop: UnsafeMutablePointer<uv_loop_t>,
        descriptor: consuming SocketDescriptor,
        peer: SocketAddress?,
        isPipe: Bool
    ) throws(EventLoopError) -> ByteStream {
        let stream = isPipe ? try makePipe(loop) : try makeTCP(loop)
        let memory = stream.memory
        let number = descriptor.number
        let result = isPipe ? uv_pipe_open(memory.pipe, number) : uv_tcp_open(memory.tcp, number)
        guard result == 0 else {
            stream.close()
            throw .system(errno: -result, attempted: .accept, place: peer?.description ?? "")
        }
        _ = descriptor.take()  // libuv closes it from here on.
        memory.state.pointee.peer = peer
        return stream
    }

    private static func makeTCP(_ loop: UnsafeMutablePointer<uv_loop_t>) throws(EventLoopError) -> ByteStream {
        let memory = StreamMemory()
        try check(uv_tcp_init(loop, memory.tcp), memory)
        memory.tie()
        // Kept by libuv and applied as soon as there is a descriptor.
        uv_tcp_nodelay(memory.tcp, 1)
        return ByteStream(memory: memory)
    }

    private static func makePipe(_ loop: UnsafeMutablePointer<uv_loop_t>) throws(EventLoopError) -> ByteStream {
        let memory = StreamMemory()
        try check(uv_pipe_init(loop, memory.pipe, 0), memory)
        memory.tie()
        return ByteStream(memory: memory)
    }

    /// A handle that was not initialised is not libuv's to close.
    private static func check(_ result: Int32, _ memory: StreamMemory) throws(EventLoopError) {
        guard result == 0 else {
            memory.deallocate()
            throw .system(errno: -result, attempted: .createHandle, place: "")
        }
    }
}
