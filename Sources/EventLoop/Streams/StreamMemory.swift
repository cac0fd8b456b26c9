import CLibUV

/// The one block of memory behind a stream: our state, libuv's handle, and the requests that may be under way.
///
/// A value that names memory, as a pointer does. libuv's handle points back at it through `data`.
struct StreamMemory {
    /// What the callbacks need.
    struct State {
        var callbacks: StreamCallbacks?
        var connected: StreamCallbacks.Outcome?
        var context: UnsafeMutableRawPointer?
        var peer: SocketAddress?
        var isWriting = false
        var isShuttingDown = false
    }

    private let base: UnsafeMutableRawPointer

    /// Memory whose handle libuv does not know yet.
    init() {
        base = .allocate(byteCount: Self.byteCount, alignment: 16)
        base.initializeMemory(as: UInt8.self, repeating: 0, count: Self.byteCount)
        state.initialize(to: State())
    }

    /// The memory that a handle belongs to.
    init(of data: UnsafeMutableRawPointer) {
        base = data
    }

    /// Ties the handle, once initialised, to this memory.
    func tie() {
        handle.pointee.data = base
    }

    func deallocate() {
        state.deinitialize(count: 1)
        base.deallocate()
    }

    var state: UnsafeMutablePointer<State> { base.assumingMemoryBound(to: State.self) }
    var handle: UnsafeMutablePointer<uv_handle_t> { at(Self.handleOffset) }
    var stream: UnsafeMutablePointer<uv_stream_t> { at(Self.handleOffset) }
    var tcp: UnsafeMutablePointer<uv_tcp_t> { at(Self.handleOffset) }
    var pipe: UnsafeMutablePointer<uv_pipe_t> { at(Self.handleOffset) }
    var writeRequest: UnsafeMutablePointer<uv_write_t> { at(Self.writeOffset) }
    /// Connecting and shutting down use the same memory: the second is refused before the first is over.
    var connectRequest: UnsafeMutablePointer<uv_connect_t> { at(Self.connectOffset) }
    var shutdownRequest: UnsafeMutablePointer<uv_shutdown_t> { at(Self.connectOffset) }

    private func at<Part>(_ offset: Int) -> UnsafeMutablePointer<Part> {
        (base + offset).assumingMemoryBound(to: Part.self)
    }

    private static let handleOffset = rounded(MemoryLayout<State>.stride)
    private static let writeOffset =
        handleOffset + rounded(max(MemoryLayout<uv_tcp_t>.stride, MemoryLayout<uv_pipe_t>.stride))
    private static let connectOffset = writeOffset + rounded(MemoryLayout<uv_write_t>.stride)
    private static let byteCount =
        connectOffset + rounded(max(MemoryLayout<uv_connect_t>.stride, MemoryLayout<uv_shutdown_t>.stride))

    private static func rounded(_ byteCount: Int) -> Int { (byteCount + 15) & ~15 }
}
