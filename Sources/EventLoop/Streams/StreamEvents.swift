import CLibUV

/// What libuv calls for a stream, handed on to the owner's C functions.
///
/// The owner hears nothing but `closed` after it closed the stream; libuv itself would still tell that what was under
/// way has been cancelled.
enum StreamEvents {
    static let allocate: uv_alloc_cb = { handle, _, part in
        guard let handle, let part, let data = handle.pointee.data else { return }
        let state = StreamMemory(of: data).state
        part.pointee.len = 0
        guard let callbacks = state.pointee.callbacks, let context = state.pointee.context else { return }
        var byteCount = 0
        let bytes = callbacks.buffer(context, &byteCount)
        part.pointee.base = bytes?.assumingMemoryBound(to: CChar.self)
        part.pointee.len = bytes == nil ? 0 : max(0, byteCount)
    }

    static let read: uv_read_cb = { stream, byteCount, part in
        guard let stream, let part, let data = stream.pointee.data else { return }
        let state = StreamMemory(of: data).state
        guard let callbacks = state.pointee.callbacks, let context = state.pointee.context else { return }
        if byteCount >= 0 {
            guard let bytes = part.pointee.base else { return }
            callbacks.received(context, UnsafeMutableRawPointer(bytes), byteCount)
            return
        }
        uv_read_stop(stream)
        callbacks.ended(context, byteCount == Int(UV_EOF.rawValue) ? 0 : Int32(truncatingIfNeeded: -byteCount))
    }

    static let connected: uv_connect_cb = { request, status in
        guard let stream = request?.pointee.handle, let data = stream.pointee.data else { return }
        let state = StreamMemory(of: data).state
        guard isOpen(stream), let connected = state.pointee.connected, let context = state.pointee.context
        else { return }
        connected(context, -status)
    }

    static let written: uv_write_cb = { request, status in
        guard let stream = request?.pointee.handle, let data = stream.pointee.data else { return }
        let state = StreamMemory(of: data).state
        state.pointee.isWriting = false
        guard isOpen(stream), let callbacks = state.pointee.callbacks, let context = state.pointee.context
        else { return }
        callbacks.written(context, -status)
    }

    static let shutDown: uv_shutdown_cb = { request, status in
        guard let stream = request?.pointee.handle, let data = stream.pointee.data else { return }
        let state = StreamMemory(of: data).state
        guard isOpen(stream), let callbacks = state.pointee.callbacks, let context = state.pointee.context
        else { return }
        callbacks.shutDown(context, -status)
    }

    static let closed: uv_close_cb = { handle in
        guard let data = handle?.pointee.data else { return }
        let memory = StreamMemory(of: data)
        let (callbacks, context) = (memory.state.pointee.callbacks, memory.state.pointee.context)
        memory.deallocate()
        if let callbacks, let context { callbacks.closed(context) }
    }

    private static func isOpen(_ stream: UnsafeMutablePointer<uv_stream_t>) -> Bool {
        uv_is_closing(HandleMemory.asHandle(stream)) == 0
    }
}
